/** Searches while one types, a moment after the last letter. */
import { useEffect, useRef, useState } from 'react'
import { TextField } from '@/shared/ui/field'
import { Select } from '@/shared/ui/select'
import { orderings, scopes, type Filter, type Ordering, type Scope } from './filter'
import styles from './list-page.module.css'

interface Props {
  readonly filter: Filter
  readonly onChange: (part: Partial<Filter>, replace?: boolean) => void
}

const PAUSE_MS = 250

export function FilterBar({ filter, onChange }: Props) {
  return (
    <search className={styles.filter}>
      <SearchField value={filter.search} onChange={(search) => onChange({ search }, true)} />
      <Select<Scope>
        label="Show"
        options={toOptions(scopes)}
        value={filter.scope}
        onValueChange={(scope) => onChange({ scope })}
      />
      <Select<Ordering>
        label="Order"
        options={toOptions(orderings)}
        value={filter.ordering}
        onValueChange={(ordering) => onChange({ ordering })}
      />
    </search>
  )
}

interface SearchProps {
  readonly value: string
  readonly onChange: (value: string) => void
}

function SearchField({ value, onChange }: SearchProps) {
  const [text, setText] = useState(value)
  const sent = useRef(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  // From elsewhere: the browser's back button, or a link.
  useEffect(() => {
    if (value !== sent.current) setText(value)
    sent.current = value
  }, [value])
  useEffect(() => () => clearTimeout(timer.current), [])

  const type = (typed: string) => {
    setText(typed)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      sent.current = typed
      onChange(typed)
    }, PAUSE_MS)
  }
  return (
    <TextField
      label="Search"
      type="search"
      placeholder="Title or text"
      value={text}
      onChange={(event) => type(event.target.value)}
    />
  )
}

function toOptions<Value extends string>(labels: Readonly<Record<Value, string>>) {
  return Object.entries<string>(labels).map(([value, label]) => ({ value: value as Value, label }))
}
