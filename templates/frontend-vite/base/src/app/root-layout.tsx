/** What every page has around it: a skip link, the header, the place for the page. */
import { useEffect, useRef } from 'react'
import { Link, NavLink, Outlet, ScrollRestoration, useLocation } from 'react-router'
import { features as parts } from '@/features'
import { useRuntimeConfig } from '@/features/runtime-config/runtime-config-context'
import { useSession } from '@/shared/session/session'
import { Toasts } from '@/shared/ui/toasts'
import styles from './root-layout.module.css'

const pages = parts.flatMap((part) => part.links ?? [])
const ends = parts.flatMap((part) => part.HeaderEnd ?? [])

export function RootLayout() {
  const { appName, environment, features, links, supportEmail } = useRuntimeConfig()
  const { user } = useSession()
  const content = useFocusOnNavigation()
  return (
    <>
      <a className={styles.skip} href="#content">
        Skip to content
      </a>
      <header className={styles.header}>
        <div className={styles.bar}>
          <Link to="/" className={styles.brand}>
            <svg viewBox="0 0 20 20" aria-hidden="true">
              <path d="M5 10h3.5m0 0C12 10 10.5 5 15 5m-6.5 5c3.5 0 2 5 6.5 5" />
              <circle cx="4" cy="10" r="2" />
              <circle cx="16" cy="5" r="2" />
              <circle cx="16" cy="15" r="2" />
            </svg>
            {appName}
          </Link>
          <span className={styles.environment}>{environment}</span>
          {user && (
            <nav className={styles.pages} aria-label="Pages">
              {pages.map(({ to, text }) => (
                <NavLink key={to} to={to}>
                  {text}
                </NavLink>
              ))}
            </nav>
          )}
          <nav className={styles.links} aria-label="Backend">
            {features.apiDocs && <a href={links.apiDocs}>API docs</a>}
            <a href={links.admin}>Admin</a>
          </nav>
          {ends.map((End) => (
            <End key={End.name} />
          ))}
        </div>
      </header>
      <div id="content" ref={content} tabIndex={-1} className={styles.content}>
        <Outlet />
      </div>
      {supportEmail && (
        <footer className={styles.footer}>
          Questions? Write to <a href={`mailto:${supportEmail}`}>{supportEmail}</a>.
        </footer>
      )}
      <Toasts />
      <ScrollRestoration />
    </>
  )
}

/** A new page is read from its beginning: without this, the focus stays on a link that is no longer there. */
function useFocusOnNavigation() {
  const { pathname } = useLocation()
  const content = useRef<HTMLDivElement>(null)
  const shown = useRef(pathname)
  useEffect(() => {
    if (shown.current === pathname) return
    shown.current = pathname
    content.current?.focus({ preventScroll: true })
  }, [pathname])
  return content
}
