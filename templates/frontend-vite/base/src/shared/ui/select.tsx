/** One out of a few. */
import { Select as BaseSelect } from '@base-ui/react/select'
import { Field, type FieldProps } from './field'
import styles from './select.module.css'

interface Props<Value extends string> extends FieldProps {
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly value: Value
  readonly onValueChange: (value: Value) => void
  readonly name?: string
  readonly disabled?: boolean
}

export function Select<Value extends string>(props: Props<Value>) {
  const { label, description, error, name, options, value, onValueChange, disabled } = props
  return (
    <Field label={label} description={description} error={error} name={name}>
      <BaseSelect.Root
        items={options}
        value={value}
        disabled={disabled ?? false}
        onValueChange={(chosen) => chosen !== null && onValueChange(chosen)}
      >
        <BaseSelect.Trigger className={styles.trigger}>
          <BaseSelect.Value />
          <BaseSelect.Icon className={styles.icon}>
            <svg viewBox="0 0 16 16" aria-hidden="true">
              <path d="m5 6.5 3-3 3 3m0 3-3 3-3-3" />
            </svg>
          </BaseSelect.Icon>
        </BaseSelect.Trigger>
        <BaseSelect.Portal>
          <BaseSelect.Positioner
            className={styles.positioner}
            sideOffset={4}
            alignItemWithTrigger={false}
          >
            <BaseSelect.Popup className={styles.popup}>
              {options.map((option) => (
                <BaseSelect.Item key={option.value} value={option.value} className={styles.item}>
                  <BaseSelect.ItemText>{option.label}</BaseSelect.ItemText>
                  <BaseSelect.ItemIndicator className={styles.icon}>
                    <svg viewBox="0 0 16 16" aria-hidden="true">
                      <path d="m3 8.5 3.2 3.2L13 5" />
                    </svg>
                  </BaseSelect.ItemIndicator>
                </BaseSelect.Item>
              ))}
            </BaseSelect.Popup>
          </BaseSelect.Positioner>
        </BaseSelect.Portal>
      </BaseSelect.Root>
    </Field>
  )
}
