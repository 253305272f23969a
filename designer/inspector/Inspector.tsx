import { useMemo, useState } from 'react'
import { Alert, Button, ScrollArea, Tabs } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { Finding } from '#core/graph/finding.ts'
import { findingText } from '../canvas/finding-text.ts'
import { useEditor, useFlow, useSelection, useView } from '../canvas/editor-context.ts'
import { FormContext, type FormServices } from '../ui/form/form-context.ts'
import { ConfigTab } from './ConfigTab.tsx'
import { HelpTab } from './HelpTab.tsx'
import { InputsTab } from './InputsTab.tsx'
import { t } from './messages.ts'
import { ContainerField, UndoField } from './PlaceFields.tsx'
import { NodeTitle } from './NodeTitle.tsx'
import { PolicyTab } from './PolicyTab.tsx'
import { RunTab } from './RunTab.tsx'
import { scopeFields } from './scope-fields.ts'
import styles from './Inspector.module.css'

type Tab = 'configure' | 'inputs' | 'policy' | 'help' | 'run'

export interface InspectorProps {
  readonly services: Omit<FormServices, 'fields'>
}

/** The panel at the right: everything about the one selected node. Not there without a selection. */
export function Inspector({ services }: InspectorProps) {
  const selected = useSelection(({ nodes }) => (nodes.length === 1 ? nodes[0] : undefined))
  if (selected === undefined) return null
  return <NodePanel id={selected} services={services} />
}

function NodePanel({ id, services }: InspectorProps & { readonly id: string }) {
  const { editor } = useEditor()
  const flow = useFlow((state) => state.flow)
  const findings = useView((view) => view.findings)
  const run = useView((view) => view.run)
  // A run that comes onto the canvas shows first; from then on the tab is the person's choice.
  const [chosen, setChosen] = useState<{ tab: Tab; run: string | undefined } | null>(null)
  const node = flow.nodes.find((each) => each.id === id)
  const fields = useMemo(() => scopeFields(flow, id, editor.descriptor), [flow, id, editor])
  const form = useMemo(() => ({ ...services, fields }), [services, fields])
  if (node === undefined) return null
  const descriptor = editor.descriptor(node.type)
  const mine = findings.filter((each) => each.place.node === id)
  const first: Tab = run === null ? 'configure' : 'run'
  const tab = chosen !== null && chosen.run === run?.id ? chosen.tab : first
  const tabs: Tab[] = [
    ...(run === null ? [] : (['run'] as const)),
    'configure',
    'inputs',
    'policy',
    'help',
  ]
  return (
    <aside className={styles['panel']} aria-label={t('title')}>
      <NodeTitle key={node.id} node={node} descriptor={descriptor} />
      {descriptor === undefined ? (
        <Alert color="red" icon={<IconAlertTriangle size={18} />} m={12}>
          {t('typeUnknown', { type: node.type })}
        </Alert>
      ) : (
        <FormContext value={form}>
          <Tabs
            value={tab}
            onChange={(next) => setChosen({ tab: (next ?? 'configure') as Tab, run: run?.id })}
            className={styles['tabs'] ?? ''}
          >
            <Tabs.List px={8}>
              {tabs.map((each) => (
                <Tabs.Tab key={each} value={each} px={10} py={8} fz={13}>
                  {t(each)}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <ScrollArea className={styles['body'] ?? ''} type="auto" scrollbarSize={8}>
              <div className={styles['inner']}>
                {tab !== 'run' && tab !== 'help' && <Findings findings={mine} />}
                <Tabs.Panel value="run">
                  <RunTab node={node.id} />
                </Tabs.Panel>
                <Tabs.Panel value="configure">
                  <ConfigTab node={node} descriptor={descriptor} findings={mine} />
                  <ContainerField node={node} descriptor={descriptor} />
                </Tabs.Panel>
                <Tabs.Panel value="inputs">
                  <InputsTab node={node} descriptor={descriptor} fields={fields} />
                </Tabs.Panel>
                <Tabs.Panel value="policy">
                  <PolicyTab node={node} descriptor={descriptor} />
                  <UndoField node={node} descriptor={descriptor} />
                </Tabs.Panel>
                <Tabs.Panel value="help">
                  <HelpTab descriptor={descriptor} />
                </Tabs.Panel>
              </div>
            </ScrollArea>
          </Tabs>
        </FormContext>
      )}
    </aside>
  )
}

function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const { editor } = useEditor()
  if (findings.length === 0) return null
  return (
    <ul className={styles['findings']} aria-label={t('problems')}>
      {findings.map((finding, index) => (
        <li
          key={`${index} ${finding.code} ${finding.place.path}`}
          data-severity={finding.severity}
          className={styles['finding']}
        >
          <span>{findingText(finding)}</span>
          {finding.fix !== undefined && (
            <Button
              variant="default"
              size="compact-xs"
              title={finding.fix.title}
              onClick={() => {
                if (finding.fix) editor.store.execute({ do: 'patch', patch: finding.fix.patch })
              }}
            >
              {t('fix')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
