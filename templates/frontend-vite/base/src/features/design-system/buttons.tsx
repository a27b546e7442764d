import { useState } from 'react'
import { Button, ButtonLink } from '@/shared/ui/button'
import { Section } from './section'
import styles from './design-system.module.css'

export function Buttons() {
  const [busy, setBusy] = useState(false)
  return (
    <Section title="Buttons" file="shared/ui/button.tsx">
      <div className={styles.samples}>
        <Button variant="primary">Save changes</Button>
        <Button>Cancel</Button>
        <Button variant="quiet">Show more</Button>
        <Button variant="danger">Delete</Button>
        <ButtonLink to="/">A link</ButtonLink>
        <Button disabled>Disabled</Button>
        <Button variant="primary" busy={busy} onClick={() => setBusy(true)}>
          {busy ? 'Saving…' : 'Press to wait'}
        </Button>
      </div>
    </Section>
  )
}
