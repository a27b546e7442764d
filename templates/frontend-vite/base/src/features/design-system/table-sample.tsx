import { Skeleton } from '@/shared/ui/skeleton'
import { Table } from '@/shared/ui/table'
import { Section } from './section'

const rows = [
  ['Annual report', 'Ada', 'Today'],
  ['Minutes of the meeting', 'Grace', 'Yesterday'],
] as const

export function TableSample() {
  return (
    <Section title="Table" file="shared/ui/table.tsx, skeleton.tsx">
      <Table caption="Documents, as an example">
        <thead>
          <tr>
            <th scope="col">Title</th>
            <th scope="col">Owner</th>
            <th scope="col">Changed</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([title, owner, changed]) => (
            <tr key={title}>
              <th scope="row">{title}</th>
              <td>{owner}</td>
              <td>{changed}</td>
            </tr>
          ))}
          <tr aria-label="Loading">
            <td>
              <Skeleton width="60%" />
            </td>
            <td>
              <Skeleton width="4rem" />
            </td>
            <td>
              <Skeleton width="5rem" />
            </td>
          </tr>
        </tbody>
      </Table>
    </Section>
  )
}
