import { useState } from 'react'
import { Checkbox } from '@/shared/ui/checkbox'
import { TextArea, TextField } from '@/shared/ui/field'
import { Select } from '@/shared/ui/select'
import { Section } from './section'
import styles from './design-system.module.css'

const orders = [
  { value: 'newest', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
  { value: 'title', label: 'By title' },
] as const

type Order = (typeof orders)[number]['value']

export function Fields() {
  const [order, setOrder] = useState<Order>('newest')
  const [shared, setShared] = useState(true)
  return (
    <Section title="Fields" file="shared/ui/field.tsx, select.tsx, checkbox.tsx">
      <div className={styles.fields}>
        <TextField label="Name" placeholder="Ada Lovelace" description="As others see it." />
        <TextField label="Email" type="email" error="Enter a valid email address." />
        <TextArea label="Message" placeholder="As long as it takes" />
        <div className={styles.stack}>
          <Select label="Order" options={orders} value={order} onValueChange={setOrder} />
          <Checkbox
            label="Shared with everybody"
            description="Others can read it, and not change it."
            checked={shared}
            onCheckedChange={setShared}
          />
        </div>
        <TextField label="Not to be changed" disabled placeholder="Locked" />
      </div>
    </Section>
  )
}
