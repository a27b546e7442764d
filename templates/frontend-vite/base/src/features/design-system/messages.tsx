import { useState } from 'react'
import { Button } from '@/shared/ui/button'
import { CopyCommand } from '@/shared/ui/copy-command'
import { Dialog } from '@/shared/ui/dialog'
import { notify } from '@/shared/ui/toast'
import { Section } from './section'
import styles from './design-system.module.css'

export function Messages() {
  const [asking, setAsking] = useState(false)
  const close = () => setAsking(false)
  const remove = () => {
    close()
    notify('Deleted', { description: '“Annual report” is gone.' })
  }
  return (
    <Section title="Messages" file="shared/ui/dialog.tsx, toast.ts, copy-command.tsx">
      <div className={styles.samples}>
        <Button variant="danger" onClick={() => setAsking(true)}>
          Delete…
        </Button>
        <Button onClick={() => notify('Saved')}>Say that it is saved</Button>
        <Button
          onClick={() =>
            notify('Not saved', { description: 'The backend is away.', kind: 'failure' })
          }
        >
          Say that it failed
        </Button>
      </div>
      <CopyCommand command="./docker-dev.sh test frontend" />
      <Dialog
        open={asking}
        onClose={close}
        title="Delete “Annual report”?"
        description="It cannot be brought back."
        actions={
          <>
            <Button onClick={close}>Keep it</Button>
            <Button variant="danger" onClick={remove}>
              Delete
            </Button>
          </>
        }
      />
    </Section>
  )
}
