/** Says in passing what has happened: `notify('Saved')`, from anywhere. <Toasts> in the layout shows it. */
import { Toast } from '@base-ui/react/toast'

export const toasts = Toast.createToastManager()

interface Options {
  readonly description?: string
  /** `failure` is read aloud at once, and stays until it is closed. */
  readonly kind?: 'success' | 'failure'
}

export function notify(title: string, { description, kind = 'success' }: Options = {}): void {
  const failed = kind === 'failure'
  toasts.add({
    title,
    description,
    type: kind,
    priority: failed ? 'high' : 'low',
    timeout: failed ? 0 : 5000,
  })
}
