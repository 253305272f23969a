import { useEffect, useState } from 'react'
import { Button, Select, SegmentedControl, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { isObject, type Json } from '#core/json.ts'
import { ApiError } from '../../api/http.ts'
import { queries } from '../../api/queries.ts'
import { runsApi } from '../../api/runs.ts'
import { templatesApi } from '../../api/templates.ts'
import { useRun } from '../../api/use-run.ts'
import { useEditor, useFlow, useView } from '../../canvas/editor-context.ts'
import { defaultOf } from '../../document/defaults.ts'
import { FormContext, type FormServices } from '../../ui/form/form-context.ts'
import { SchemaForm } from '../../ui/form/SchemaForm.tsx'
import { propertiesOf } from '../../ui/form/schema-kind.ts'
import { JsonInput } from '../../ui/JsonInput.tsx'
import { t } from '../messages.ts'
import { saveNow } from '../save-now.ts'
import type { Lifecycle } from '../use-lifecycle.ts'
import { TestResult } from './TestResult.tsx'
import styles from './Drawer.module.css'

export interface TestPaneProps {
  readonly lifecycle: Lifecycle
  readonly services: Omit<FormServices, 'fields'>
}

interface Given {
  input: Json
  case: string | null
}

/** What was last given, per flow, while the page is open: closing the drawer loses nothing. */
const lastGiven = new Map<string, Given>()

/** Errors of the input by the field that they are about. */
const errorsOf = (error: unknown): Record<string, string> => {
  if (!(error instanceof ApiError)) return {}
  return Object.fromEntries(
    (error.problem.findings ?? []).map((finding) => [
      finding.place.path.replace(/^\/input/, ''),
      String(finding.params['detail'] ?? finding.code),
    ]),
  )
}

/** Runs the draft: the input from a form, from a sample case, or as JSON; the canvas lights up. */
export function TestPane({ lifecycle, services }: TestPaneProps) {
  const { editor, view } = useEditor()
  const flow = useFlow((state) => state.flow)
  const blocked = useView((state) => state.findings.some((each) => each.severity === 'error'))
  const shownRun = useView((state) => state.run?.id ?? null)
  const templates = useQuery(queries.templates())
  const [given, setGiven] = useState<Given>(
    () =>
      lastGiven.get(flow.id) ?? {
        input: defaultOf({ type: 'object', ...flow.input }) ?? {},
        case: null,
      },
  )
  useEffect(() => void lastGiven.set(flow.id, given), [flow.id, given])
  const hasForm = propertiesOf(flow.input).length > 0
  const [shape, setShape] = useState<'form' | 'json'>(hasForm ? 'form' : 'json')
  const [runId, setRunId] = useState<string | null>(shownRun)
  const { data: run } = useRun(runId)
  useEffect(() => {
    if (run !== undefined) view.show({ run: { id: run.id, steps: run.steps } })
  }, [run, view])

  const template = templates.data?.find(
    (each) => isObject(each.flow) && each.flow['id'] === flow.id,
  )
  const fill = useMutation({
    mutationFn: (name: string) => templatesApi.caseInput(template?.id ?? '', name),
    onSuccess: ({ input }, name) => setGiven({ input, case: name }),
    onError: (error) => notifications.show({ message: error.message, color: 'red' }),
  })
  const start = useMutation({
    mutationFn: async () => {
      await saveNow(editor, lifecycle)
      return runsApi.start(flow.id, { input: given.input, version: 'draft' })
    },
    onSuccess: ({ id }) => {
      view.show({ run: { id, steps: [] } })
      setRunId(id)
    },
    onError: (error) => notifications.show({ message: error.message, color: 'red' }),
  })
  const form: FormServices = { ...services, fields: [] }
  return (
    <div className={styles['test']}>
      <div className={styles['form']}>
        <div className={styles['formBar']}>
          {template !== undefined && (
            <Select
              flex={1}
              aria-label={t('runCase')}
              placeholder={fill.isPending ? t('runCaseLoading') : t('runCasePlaceholder')}
              value={given.case}
              disabled={fill.isPending}
              data={template.cases.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(name) => {
                if (name !== null) fill.mutate(name)
              }}
            />
          )}
          {hasForm && (
            <SegmentedControl
              size="xs"
              value={shape}
              onChange={(next) => setShape(next as 'form' | 'json')}
              data={[
                { value: 'form', label: t('runAsForm') },
                { value: 'json', label: t('runAsJson') },
              ]}
            />
          )}
          <Button
            ml="auto"
            leftSection={<IconPlayerPlay size={14} />}
            loading={start.isPending}
            disabled={fill.isPending}
            title={blocked ? t('runBlocked') : t('runStart')}
            onClick={() => {
              if (blocked) view.show({ drawer: 'problems' })
              else start.mutate()
            }}
          >
            {t('runStart')}
          </Button>
        </div>
        <div className={styles['formScroll']}>
          {!hasForm && (
            <Text size="xs" c="dimmed" mb={8}>
              {t('runNoSchema')}
            </Text>
          )}
          {shape === 'form' ? (
            <FormContext value={form}>
              <SchemaForm
                schema={flow.input}
                value={given.input}
                errors={errorsOf(start.error)}
                onChange={(input) => setGiven({ ...given, input })}
              />
            </FormContext>
          ) : (
            <JsonInput
              value={given.input}
              schema={flow.input}
              lines={12}
              onChange={(input) => setGiven({ ...given, input })}
            />
          )}
        </div>
      </div>
      <div className={styles['result']}>
        {run === undefined ? (
          <Text c="dimmed">{t('runHint')}</Text>
        ) : (
          <TestResult
            run={run}
            onClear={() => {
              setRunId(null)
              view.show({ run: null })
            }}
          />
        )}
      </div>
    </div>
  )
}
