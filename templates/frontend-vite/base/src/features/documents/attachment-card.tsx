/** The file of a document: shown, sent with its progress, replaced and taken away. */
import { useRef, useState } from 'react'
import { ApiError } from '@/shared/api/errors'
import { Button } from '@/shared/ui/button'
import { Failure } from '@/shared/ui/failure'
import styles from './document-page.module.css'
import { useAttach, useDetach, type Document } from './queries'

export function AttachmentCard({ document }: { readonly document: Document }) {
  const { attachment, permissions } = document
  return (
    <section className={styles.card} aria-labelledby="attachment">
      <h2 id="attachment">File</h2>
      {attachment ? <Attached attachment={attachment} /> : <p>There is none.</p>}
      {permissions.change && <Upload document={document} />}
    </section>
  )
}

function Attached({ attachment }: { readonly attachment: NonNullable<Document['attachment']> }) {
  const { name, size, url, checksum } = attachment
  return (
    <div className={styles.file}>
      <a href={url} download={name}>
        {name}
      </a>
      <p>{inWords(size)}</p>
      <p>
        SHA-256: {checksum ? <code title={checksum}>{checksum.slice(0, 12)}…</code> : 'being made'}
      </p>
    </div>
  )
}

function Upload({ document }: { readonly document: Document }) {
  const { mutate, reset, isPending, error } = useAttach(document)
  const [share, setShare] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  const controller = useRef<AbortController>(undefined)
  const send = (file: File | undefined) => {
    if (!file) return
    setShare(0)
    controller.current = new AbortController()
    mutate({ file, signal: controller.current.signal, onProgress: setShare })
  }

  if (isPending) {
    return (
      <div className={styles.progress}>
        <progress value={share} aria-label="Upload" />
        <span>{Math.round(share * 100)} %</span>
        <Button onClick={() => controller.current?.abort()}>Stop</Button>
      </div>
    )
  }
  return (
    <>
      {error && error.name !== 'AbortError' && (
        <Failure
          error={error}
          text={error instanceof ApiError ? error.fieldErrors['file'] : undefined}
        />
      )}
      <input
        ref={input}
        hidden
        type="file"
        aria-label="File"
        accept="image/png,image/jpeg,application/pdf,text/plain"
        onChange={({ target }) => {
          send(target.files?.[0])
          // The same file once more is a change too.
          target.value = ''
        }}
      />
      <div className={styles.buttons}>
        <Button onClick={() => input.current?.click()}>
          {document.attachment ? 'Replace the file' : 'Choose a file'}
        </Button>
        {document.attachment && <RemoveButton document={document} onDone={reset} />}
      </div>
      <p className={styles.soft}>PNG, JPEG, PDF or plain text, 5 MB at most.</p>
    </>
  )
}

interface RemoveProps {
  readonly document: Document
  readonly onDone: () => void
}

function RemoveButton({ document, onDone }: RemoveProps) {
  const { mutate, isPending, error } = useDetach(document)
  return (
    <>
      <Button busy={isPending} onClick={() => mutate(undefined, { onSuccess: onDone })}>
        Remove it
      </Button>
      {error && <Failure error={error} />}
    </>
  )
}

function inWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  return bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}
