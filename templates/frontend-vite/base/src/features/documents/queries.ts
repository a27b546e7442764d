/** What the pages ask of the backend, and what they change there. */
import {
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query'
import { api, read, withProgress, type Schemas } from '@/shared/api/api'
import { toQuery, type Filter } from './filter'

export type Document = Schemas['Document']

const LISTS = ['documents', 'list']
const keyOf = (id: number | string) => ['documents', 'one', String(id)]
const pathOf = (id: number | string) => ({ params: { path: { id: String(id) } } })

export const listQuery = (filter: Filter) =>
  queryOptions({
    queryKey: [...LISTS, filter],
    queryFn: ({ signal }) =>
      read(api.GET('/api/v1/documents/', { signal, params: { query: toQuery(filter) } })),
    // The page before stays until the next is there: nothing jumps.
    placeholderData: keepPreviousData,
  })

export const documentQuery = (id: string) =>
  queryOptions({
    queryKey: keyOf(id),
    queryFn: ({ signal }) => read(api.GET('/api/v1/documents/{id}/', { signal, ...pathOf(id) })),
    // A worker fills in the checksum a moment after the upload.
    refetchInterval: ({ state: { data, dataUpdateCount } }) =>
      data?.attachment?.checksum === null && dataUpdateCount < 20 ? 1500 : false,
  })

export const createDocument = (body: Schemas['DocumentRequest']) =>
  read(api.POST('/api/v1/documents/', { body }))

export const changeDocument = (id: number, body: Schemas['PatchedDocumentRequest']) =>
  read(api.PATCH('/api/v1/documents/{id}/', { body, ...pathOf(id) }))

/** What is known of a document is known everywhere at once; lists are asked for anew. */
export function useKeep() {
  const client = useQueryClient()
  return (document: Document) => {
    client.setQueryData(keyOf(document.id), document)
    return outdateLists(client)
  }
}

export function useDelete({ id }: Document) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => read(api.DELETE('/api/v1/documents/{id}/', pathOf(id))),
    onSuccess: () => outdateLists(client),
  })
}

/** Shown as done at once, and taken back if the backend says no. */
export function useShare({ id }: Document) {
  const client = useQueryClient()
  const keep = useKeep()
  const show = (shared: boolean) =>
    client.setQueryData<Document>(keyOf(id), (known) => known && { ...known, shared })
  return useMutation({
    mutationFn: (shared: boolean) => changeDocument(id, { shared }),
    onMutate: async (shared) => {
      // An answer that is on its way would bring back the old state.
      await client.cancelQueries({ queryKey: keyOf(id) })
      show(shared)
    },
    onError: (_, shared) => show(!shared),
    onSuccess: keep,
  })
}

interface Upload {
  readonly file: File
  readonly signal: AbortSignal
  readonly onProgress: (share: number) => void
}

export function useAttach({ id }: Document) {
  const keep = useKeep()
  return useMutation({
    mutationFn: ({ file, signal, onProgress }: Upload) =>
      read(
        api.PUT('/api/v1/documents/{id}/attachment/', {
          ...pathOf(id),
          // The schema's word for a file is the text that JSON would make of it.
          body: { file: file as unknown as string },
          bodySerializer: () => toForm(file),
          fetch: withProgress(onProgress),
          signal,
        }),
      ),
    onSuccess: keep,
  })
}

export function useDetach(document: Document) {
  const keep = useKeep()
  return useMutation({
    mutationFn: () => read(api.DELETE('/api/v1/documents/{id}/attachment/', pathOf(document.id))),
    onSuccess: () => keep({ ...document, attachment: null }),
  })
}

function outdateLists(client: QueryClient) {
  return client.invalidateQueries({ queryKey: LISTS })
}

function toForm(file: File): FormData {
  const form = new FormData()
  form.set('file', file)
  return form
}
