/** The fields of shared/ui, by the name that the form knows them by: with their value and what is wrong with it. */
import type { ComponentProps } from 'react'
import { useController, useFormContext } from 'react-hook-form'
import * as box from '@/shared/ui/checkbox'
import * as field from '@/shared/ui/field'

type Bound<Props> = Omit<Props, 'error' | 'name' | 'checked' | 'onCheckedChange'> & {
  readonly name: string
}

export function TextField({ name, ...props }: Bound<ComponentProps<typeof field.TextField>>) {
  return <field.TextField {...props} {...useControl(name)} />
}

export function TextArea({ name, ...props }: Bound<ComponentProps<typeof field.TextArea>>) {
  return <field.TextArea {...props} {...useControl(name)} />
}

export function Checkbox({ name, ...props }: Bound<ComponentProps<typeof box.Checkbox>>) {
  const { field: control, fieldState } = useController({ name })
  return (
    <box.Checkbox
      {...props}
      name={name}
      checked={control.value}
      onCheckedChange={control.onChange}
      inputRef={control.ref}
      error={fieldState.error?.message}
    />
  )
}

function useControl(name: string) {
  const { register, getFieldState, formState } = useFormContext()
  return {
    ...register(name),
    error: getFieldState(name, formState).error?.message,
    // What is typed while the request runs would not be in it.
    readOnly: formState.isSubmitting,
  }
}
