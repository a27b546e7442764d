/** What a user sees to himself: his name, his password, and where he is signed in. */
import { useUser } from '@/shared/session/session'
import { Page } from '@/shared/ui/page'
import styles from './accounts.module.css'
import { PasswordForm } from './password-form'
import { ProfileForm } from './profile-form'
import { Sessions } from './sessions'

export function AccountPage() {
  const user = useUser()
  return (
    <Page title="Your account" lead={user.email}>
      <section className={styles.section} aria-labelledby="profile">
        <h2 id="profile">Profile</h2>
        <ProfileForm user={user} />
      </section>
      <section className={styles.section} aria-labelledby="password">
        <h2 id="password">Password</h2>
        <PasswordForm />
      </section>
      <section className={styles.section} aria-labelledby="sessions">
        <h2 id="sessions">Where you are signed in</h2>
        <Sessions />
      </section>
    </Page>
  )
}
