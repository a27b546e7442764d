/** Every value and every component that pages are built from, in the light or dark that the reader has. */
import { Buttons } from './buttons'
import { Fields } from './fields'
import { Messages } from './messages'
import { Colours, Spacing, Type } from './tokens'
import { TableSample } from './table-sample'
import styles from './design-system.module.css'

export function DesignSystemPage() {
  return (
    <main className={styles.page}>
      <title>Design system</title>
      <header className={styles.intro}>
        <h1>Design system</h1>
        <p>
          Values live in <code>src/shared/styles/tokens.css</code>, components in{' '}
          <code>src/shared/ui/</code>. Change one, and this page and all others follow.
        </p>
      </header>
      <Colours />
      <Type />
      <Spacing />
      <Buttons />
      <Fields />
      <TableSample />
      <Messages />
    </main>
  )
}
