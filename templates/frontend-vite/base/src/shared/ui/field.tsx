/** A label, what is filled in, a word of help and what is wrong: tied together for a screen reader by Base UI. */
import { Field as BaseField } from '@base-ui/react/field'
import type { ComponentProps, CSSProperties, ReactNode } from 'react'
import styles from './field.module.css'

export interface FieldProps {
  readonly label: ReactNode
  readonly description?: ReactNode
  /** What is wrong with what is filled in; nothing while nothing is. */
  readonly error?: string | undefined
}

interface Props extends FieldProps {
  readonly name?: string | undefined
  readonly children: ReactNode
}

export function Field({ label, description, error, name, children }: Props) {
  return (
    <BaseField.Root className={styles.field} name={name} invalid={error !== undefined}>
      <BaseField.Label className={styles.label}>{label}</BaseField.Label>
      {children}
      <FieldNotes description={description} error={error} />
    </BaseField.Root>
  )
}

export function FieldNotes({ description, error }: Pick<FieldProps, 'description' | 'error'>) {
  return (
    <>
      {description && (
        <BaseField.Description className={styles.description}>{description}</BaseField.Description>
      )}
      {error && (
        <BaseField.Error match className={styles.error}>
          {error}
        </BaseField.Error>
      )}
    </>
  )
}

type InputProps = FieldProps &
  Omit<ComponentProps<'input'>, 'className' | 'defaultValue' | 'value'> & {
    readonly value?: string
  }

/** One line of text: `<TextField label="Email" type="email" error={…} {...register('email')} />`. */
export function TextField({ label, description, error, name, ...input }: InputProps) {
  return (
    <Field label={label} description={description} error={error} name={name}>
      <BaseField.Control {...input} className={styles.control} />
    </Field>
  )
}

type AreaProps = FieldProps & Omit<ComponentProps<'textarea'>, 'className'>

/** Several lines of text. */
export function TextArea({ label, description, error, name, rows = 4, ...area }: AreaProps) {
  return (
    <Field label={label} description={description} error={error} name={name}>
      <BaseField.Control
        className={styles.control}
        style={{ '--rows': rows } as CSSProperties}
        render={<textarea rows={rows} name={name} {...area} />}
      />
    </Field>
  )
}
