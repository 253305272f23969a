import { lazy, Suspense, useMemo } from 'react'
import { Button, CopyButton, Text } from '@mantine/core'
import { compile } from '#core/compile/compile.ts'
import { printMachine } from '#core/compile/print.ts'
import type { Flow } from '#core/graph/flow.ts'
import type { Lookup } from '#core/graph/lookup.ts'
import { isObject } from '#core/json.ts'
import type { NodeDescriptor } from '#core/node/descriptor.ts'
import { useEditor, useFlow } from '../../canvas/editor-context.ts'
import { PagePending } from '../../ui/PagePending.tsx'
import { t } from '../messages.ts'
import { useLookup } from '../use-validation.ts'
import { descriptorRegistry } from './descriptor-registry.ts'
import styles from './Drawer.module.css'

const CodeEditor = lazy(async () => {
  const { CodeEditor: component } = await import('../../ui/CodeEditor.tsx')
  return { default: component }
})

/** The decisions that the flow's nodes name. */
const decisionsOf = (flow: Flow, lookup: Lookup) =>
  Object.fromEntries(
    flow.nodes.flatMap(({ config }) =>
      Object.values(config).flatMap((value) => {
        const decision = typeof value === 'string' ? lookup.decision(value) : undefined
        return decision === undefined ? [] : [[decision.id, decision] as const]
      }),
    ),
  )

type Printed = { readonly text: string } | { readonly problem: string }

function print(flow: Flow, descriptors: readonly NodeDescriptor[], lookup: Lookup): Printed {
  try {
    const release = { flow, decisions: decisionsOf(flow, lookup), nodes: {}, models: {} }
    const program = compile(release, descriptorRegistry(descriptors))
    return { text: JSON.stringify(printMachine(program), null, 2) }
  } catch (error) {
    return { problem: isObject(error) ? String(error['message']) : String(error) }
  }
}

/** The XState machine that the flow compiles to, as it is now. */
export function MachinePane() {
  const { editor } = useEditor()
  const flow = useFlow((state) => state.flow)
  const lookup = useLookup(editor)
  const printed = useMemo(
    () => (lookup === undefined ? null : print(flow, editor.descriptors, lookup)),
    [flow, editor, lookup],
  )
  if (printed === null) return <PagePending />
  if ('problem' in printed)
    return (
      <Text p="md">
        {t('machineFails')} {printed.problem}
      </Text>
    )
  return (
    <div className={styles['document']}>
      <div className={styles['documentBar']}>
        <span style={{ flex: 1 }}>{t('machineText')}</span>
        <CopyButton value={printed.text}>
          {({ copy }) => (
            <Button variant="default" size="compact-sm" onClick={copy}>
              {t('machineCopy')}
            </Button>
          )}
        </CopyButton>
      </div>
      <div className={styles['documentText']}>
        <Suspense fallback={<PagePending />}>
          <CodeEditor value={printed.text} language="json" readOnly label={t('machine')} />
        </Suspense>
      </div>
    </div>
  )
}
