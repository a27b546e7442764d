import { Checkbox } from '@/shared/ui/checkbox'
import { Failure } from '@/shared/ui/failure'
import styles from './document-page.module.css'
import { useShare, type Document } from './queries'

export function Sharing({ document }: { readonly document: Document }) {
  const { mutate, error } = useShare(document)
  const { shared = false, permissions } = document
  return (
    <section className={styles.card} aria-labelledby="sharing">
      <h2 id="sharing">Sharing</h2>
      {permissions.change ? (
        <Checkbox
          label="Everybody who is signed in may read it"
          checked={shared}
          onCheckedChange={(value) => mutate(value)}
        />
      ) : (
        <p>{shared ? 'Everybody who is signed in may read it.' : 'Only its owner may read it.'}</p>
      )}
      {error && <Failure error={error} />}
    </section>
  )
}
