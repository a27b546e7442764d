/** Yes or no, with the label beside it. */
import { Checkbox as BaseCheckbox } from '@base-ui/react/checkbox'
import { Field as BaseField } from '@base-ui/react/field'
import type { Ref } from 'react'
import { FieldNotes, type FieldProps } from './field'
import styles from './checkbox.module.css'

interface Props extends FieldProps {
  readonly checked: boolean
  readonly onCheckedChange: (checked: boolean) => void
  readonly name?: string
  readonly disabled?: boolean
  readonly inputRef?: Ref<HTMLInputElement>
}

export function Checkbox({ label, description, error, name, ...box }: Props) {
  return (
    <BaseField.Root className={styles.field} name={name} invalid={error !== undefined}>
      <div className={styles.row}>
        <BaseCheckbox.Root {...box} className={styles.box}>
          <BaseCheckbox.Indicator className={styles.mark}>
            <svg viewBox="0 0 16 16" aria-hidden="true">
              <path d="m3 8.5 3.2 3.2L13 5" />
            </svg>
          </BaseCheckbox.Indicator>
        </BaseCheckbox.Root>
        <BaseField.Label className={styles.label}>{label}</BaseField.Label>
      </div>
      <FieldNotes description={description} error={error} />
    </BaseField.Root>
  )
}
