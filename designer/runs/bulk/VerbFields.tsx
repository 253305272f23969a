import { useEffect, useState } from 'react'
import { Select, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Verb } from '#core/api/verbs.ts'
import { isObject } from '#core/json.ts'
import { queries } from '../../api/queries.ts'
import { t } from '../messages.ts'

const bulkVerbs = [
  'retry',
  'suspend',
  'resume',
  'rewind',
  'skip',
  'migrate',
  'unmigrate',
  'cancel',
] as const
export type BulkVerb = (typeof bulkVerbs)[number]

export interface VerbFieldsProps {
  readonly flow: string | undefined
  readonly from: number | 'draft' | undefined
  readonly only: readonly BulkVerb[] | undefined
  /** Told of the verb once all that it asks for is there, else null. */
  readonly onChange: (verb: Verb | null) => void
}

const nodePattern = /^[a-z][a-z0-9_]*$/

/** What is to be done, with what that asks for. */
export function VerbFields({ flow, from, only = bulkVerbs, onChange }: VerbFieldsProps) {
  const [chosen, setChosen] = useState<BulkVerb>(only[0] ?? 'retry')
  const [node, setNode] = useState('')
  const [version, setVersion] = useState<number | null>(null)
  const [nodes, setNodes] = useState<Readonly<Record<string, string>>>({})
  useEffect(() => {
    const at = node.trim()
    const verbs: Record<BulkVerb, () => Verb | null> = {
      retry: () => ({ do: 'retry' }),
      suspend: () => ({ do: 'suspend' }),
      resume: () => ({ do: 'resume' }),
      cancel: () => ({ do: 'cancel' }),
      unmigrate: () => ({ do: 'unmigrate' }),
      rewind: () => (nodePattern.test(at) ? { do: 'rewind', node: at, values: {} } : null),
      skip: () => (nodePattern.test(at) ? { do: 'skip', at } : null),
      migrate: () => (version === null ? null : { do: 'migrate', version, nodes: { ...nodes } }),
    }
    onChange(verbs[chosen]())
  }, [chosen, node, version, nodes, onChange])
  return (
    <Stack gap="sm">
      <Select
        label={t('bulkVerb')}
        data={only.map((verb) => ({ value: verb, label: t(`verb_${verb}`) }))}
        value={chosen}
        onChange={(next) => setChosen((next as BulkVerb | null) ?? chosen)}
        allowDeselect={false}
        data-autofocus
      />
      <Text size="sm" c="dimmed">
        {t(`verbHint_${chosen}`)}
      </Text>
      {(chosen === 'rewind' || chosen === 'skip') && (
        <TextInput
          label={t('bulkNode')}
          description={t('bulkNodeHint')}
          value={node}
          onChange={(event) => setNode(event.currentTarget.value)}
        />
      )}
      {chosen === 'migrate' && flow === undefined && <Text>{t('migrateNeedsFlow')}</Text>}
      {chosen === 'migrate' && flow !== undefined && (
        <MigrateFields
          flow={flow}
          from={from}
          version={version}
          nodes={nodes}
          onVersion={setVersion}
          onNodes={setNodes}
        />
      )}
    </Stack>
  )
}

const nodesIn = (document: unknown): ReadonlyMap<string, string> =>
  new Map(
    (isObject(document) && Array.isArray(document['nodes']) ? document['nodes'] : [])
      .filter(isObject)
      .map((node) => [String(node['id']), String(node['name'] || node['id'])]),
  )

interface MigrateFieldsProps {
  readonly flow: string
  readonly from: number | 'draft' | undefined
  readonly version: number | null
  readonly nodes: Readonly<Record<string, string>>
  readonly onVersion: (version: number) => void
  readonly onNodes: (nodes: Readonly<Record<string, string>>) => void
}

/** To which version; nodes that are not there under their id are given one that is. */
function MigrateFields({ flow, from, version, nodes, onVersion, onNodes }: MigrateFieldsProps) {
  const summary = useQuery(queries.flow(flow))
  const source = useQuery({
    ...queries.flow(flow, typeof from === 'number' ? from : undefined),
    enabled: from !== undefined,
  })
  const target = useQuery({ ...queries.flow(flow, version ?? 1), enabled: version !== null })
  const versions = (summary.data?.versions ?? []).filter((each) => each.version !== from)
  const now = nodesIn(target.data?.document)
  const gone =
    version === null || from === undefined || target.data === undefined
      ? []
      : [...nodesIn(source.data?.document)].filter(([id]) => !now.has(id))
  return (
    <>
      <Select
        label={t('migrateVersion')}
        data={versions.map((each) => ({
          value: String(each.version),
          label: t('version', { version: each.version }),
        }))}
        placeholder={versions.length === 0 ? t('migrateNone') : t('migrateChoose')}
        value={version === null ? null : String(version)}
        onChange={(next) => next !== null && onVersion(Number(next))}
        allowDeselect={false}
      />
      {version !== null && (
        <Text size="sm" c="dimmed">
          {gone.length === 0 ? t('migrateById') : t('migrateGone', { count: gone.length })}
        </Text>
      )}
      {gone.map(([id, name]) => (
        <Select
          key={id}
          label={`${name} (${id})`}
          data={[...now].map(([value, label]) => ({ value, label: `${label} (${value})` }))}
          value={nodes[id] ?? null}
          placeholder={t('migrateNowhere')}
          clearable
          searchable
          onChange={(next) => {
            const { [id]: _before, ...rest } = nodes
            onNodes(next === null ? rest : { ...rest, [id]: next })
          }}
        />
      ))}
    </>
  )
}
