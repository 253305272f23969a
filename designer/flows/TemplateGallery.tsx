import { lazy, Suspense, useState } from 'react'
import { Button, Modal } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { TemplateView } from '#core/api/views.ts'
import { parseFlow } from '#core/graph/parse.ts'
import type { Flow } from '#core/graph/flow.ts'
import { queries } from '../api/queries.ts'
import { templatesApi } from '../api/templates.ts'
import { PagePending } from '../ui/PagePending.tsx'
import { FlowThumb } from './FlowThumb.tsx'
import { t } from './messages.ts'
import styles from './FlowsPage.module.css'

const FlowPreview = lazy(async () => {
  const { FlowPreview: component } = await import('./FlowPreview.tsx')
  return { default: component }
})

export interface TemplateGalleryProps {
  readonly templates: readonly TemplateView[]
  readonly onOpen: (id: string) => void
}

const flowOf = (template: TemplateView): Flow | null => {
  const parsed = parseFlow(template.flow)
  return parsed.ok ? parsed.document : null
}

/** Complete flows to start from: seen before they are taken. */
export function TemplateGallery({ templates, onOpen }: TemplateGalleryProps) {
  const client = useQueryClient()
  const [shown, setShown] = useState<TemplateView | null>(null)
  const install = useMutation({
    mutationFn: (id: string) => templatesApi.install(id),
    onSuccess: async ({ flow }) => {
      await client.invalidateQueries({ queryKey: ['flows'] })
      await client.invalidateQueries({ queryKey: ['decisions'] })
      onOpen(flow)
    },
    onError: (error) => notifications.show({ message: error.message, color: 'red' }),
  })
  const use = (template: TemplateView) => (
    <Button
      loading={install.isPending && install.variables === template.id}
      onClick={() => install.mutate(template.id)}
    >
      {t('use')}
    </Button>
  )
  return (
    <section aria-labelledby="templates">
      <h2 id="templates" className={styles['section']}>
        {t('templates')}
      </h2>
      <p className={styles['sectionText']}>{t('templatesText')}</p>
      <div className={styles['gallery']}>
        {templates.map((template) => {
          const flow = flowOf(template)
          return (
            <article key={template.id} className={styles['template']}>
              <button
                type="button"
                className={styles['thumb']}
                aria-label={`${t('preview')}: ${template.name}`}
                onClick={() => setShown(template)}
              >
                {flow !== null && <FlowThumb flow={flow} />}
              </button>
              <div className={styles['about']}>
                <h3 className={styles['templateName']}>{template.name}</h3>
                <p className={styles['templateText']}>{template.description}</p>
                <p className={styles['facts']}>
                  {t('nodesCount', { count: flow?.nodes.length ?? 0 })} ·{' '}
                  {t('decisionsCount', { count: template.decisions.length })} ·{' '}
                  {t('casesCount', { count: template.cases.length })}
                </p>
                <div className={styles['buttons']}>
                  {use(template)}
                  <Button variant="default" onClick={() => setShown(template)}>
                    {t('preview')}
                  </Button>
                </div>
              </div>
            </article>
          )
        })}
      </div>
      <Modal
        opened={shown !== null}
        onClose={() => setShown(null)}
        title={shown?.name}
        size="min(1200px, 92vw)"
      >
        {shown !== null && (
          <>
            <div className={styles['preview']}>
              <Preview flow={flowOf(shown)} />
            </div>
            <div className={styles['previewFoot']}>
              <p className={styles['templateText']}>
                {t('cases')}: {shown.cases.map(({ name }) => name).join(', ')}
              </p>
              {use(shown)}
            </div>
          </>
        )}
      </Modal>
    </section>
  )
}

function Preview({ flow }: { readonly flow: Flow | null }) {
  const { data } = useQuery(queries.nodeTypes())
  if (flow === null || data === undefined) return <PagePending />
  return (
    <Suspense fallback={<PagePending />}>
      <FlowPreview flow={flow} descriptors={data} />
    </Suspense>
  )
}
