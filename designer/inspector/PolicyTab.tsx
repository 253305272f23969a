import { NumberInput, Select, Stack, Switch, Text, TextInput } from '@mantine/core'
import { portsOf } from '#core/graph/ports.ts'
import type { FlowNode, NodePolicy } from '#core/graph/flow.ts'
import type { NodeDescriptor } from '#core/node/descriptor.ts'
import { useEditor } from '../canvas/editor-context.ts'
import { JsonInput } from '../ui/JsonInput.tsx'
import { CacheFields } from './CacheFields.tsx'
import { t } from './messages.ts'
import { useGesture } from './use-gesture.ts'

export interface PolicyTabProps {
  readonly node: FlowNode
  readonly descriptor: NodeDescriptor
}

const times = ['timeout', 'total', 'queue', 'heartbeat'] as const

type Part = { [K in keyof NodePolicy]?: NodePolicy[K] | undefined }

const withoutEmpty = (policy: Part): NodePolicy | null => {
  const kept = Object.entries(policy).filter(([, value]) => value !== undefined && value !== '')
  return kept.length === 0 ? null : (Object.fromEntries(kept) as NodePolicy)
}

/** How the driver performs the node: what is not set here is as the type has it. */
export function PolicyTab({ node, descriptor }: PolicyTabProps) {
  const { editor } = useEditor()
  const { onFocusCapture, gesture } = useGesture(`policy ${node.id}`)
  const policy: NodePolicy = node.policy ?? {}
  const set = (part: Part, path: string): void =>
    editor.store.execute(
      { do: 'set-policy', node: node.id, policy: withoutEmpty({ ...policy, ...part }) },
      { gesture: gesture(path) },
    )
  const visits = (
    <NumberInput
      label={t('maxVisits')}
      description={t('maxVisitsText')}
      placeholder="100"
      min={1}
      hideControls
      value={node.maxVisits ?? ''}
      onChange={(value) =>
        editor.store.execute(
          {
            do: 'set-visits',
            node: node.id,
            maxVisits: typeof value === 'number' && value >= 1 ? Math.round(value) : null,
          },
          { gesture: gesture('visits') },
        )
      }
    />
  )
  const own = descriptor.policy
  if (own === undefined)
    return (
      <Stack gap={12} onFocusCapture={onFocusCapture}>
        <Text c="dimmed">{t('noPolicy')}</Text>
        {visits}
      </Stack>
    )
  const retry = policy.retry ?? own.retry
  const setRetry = (part: Partial<typeof retry>): void =>
    set({ retry: { ...retry, ...part } }, `retry ${Object.keys(part).join()}`)
  const ports = portsOf(node, descriptor)
  return (
    <Stack gap={12} onFocusCapture={onFocusCapture}>
      {times.map((time) => (
        <TextInput
          key={time}
          label={t(time)}
          description={t(`${time}Text`)}
          placeholder={t('byType', { value: own[time] ?? t('noLimit') })}
          value={policy[time] ?? ''}
          onChange={(event) => set({ [time]: event.currentTarget.value.trim() || undefined }, time)}
        />
      ))}
      <Switch
        label={t('retryOwn')}
        description={
          policy.retry === undefined
            ? t('byType', { value: `${own.retry.attempts} × ${own.retry.first}` })
            : undefined
        }
        checked={policy.retry !== undefined}
        onChange={(event) =>
          set({ retry: event.currentTarget.checked ? own.retry : undefined }, 'retry')
        }
      />
      {policy.retry !== undefined && (
        <>
          <NumberInput
            label={t('retries')}
            min={1}
            max={100}
            value={retry.attempts}
            onChange={(value) => setRetry({ attempts: Math.max(1, Number(value) || 1) })}
          />
          <TextInput
            label={t('first')}
            value={retry.first}
            onChange={(event) => setRetry({ first: event.currentTarget.value.trim() })}
          />
          <NumberInput
            label={t('factor')}
            min={1}
            max={10}
            value={retry.factor}
            onChange={(value) => setRetry({ factor: Math.max(1, Number(value) || 1) })}
          />
          <TextInput
            label={t('cap')}
            value={retry.cap}
            onChange={(event) => setRetry({ cap: event.currentTarget.value.trim() })}
          />
        </>
      )}
      <Select
        label={t('whenDown')}
        description={t('whenDownText')}
        placeholder={t('byType', { value: t(`whenDown_${own.whenDown}`) })}
        clearable
        value={policy.whenDown ?? null}
        data={(['wait', 'fail'] as const).map((value) => ({
          value,
          label: t(`whenDown_${value}`),
        }))}
        onChange={(value) =>
          set({ whenDown: value === 'wait' || value === 'fail' ? value : undefined }, 'whenDown')
        }
      />
      <CacheFields
        cache={policy.cache}
        byType={own.cache}
        onChange={(cache, path) => set({ cache }, path)}
      />
      <Switch
        label={t('fallbackOn')}
        description={t('fallbackText')}
        checked={policy.fallback !== undefined}
        onChange={(event) =>
          set(
            {
              fallback: event.currentTarget.checked
                ? { port: ports[0]?.id ?? 'out', value: null }
                : undefined,
            },
            'fallback',
          )
        }
      />
      {policy.fallback !== undefined && (
        <>
          <Select
            label={t('fallbackPort')}
            allowDeselect={false}
            value={policy.fallback.port}
            data={ports.map((port) => ({ value: port.id, label: port.title }))}
            onChange={(port) =>
              set(
                { fallback: { value: policy.fallback?.value ?? null, port: port ?? 'out' } },
                'port',
              )
            }
          />
          <div>
            <Text size="xs" fw={500} mb={4}>
              {t('fallbackValue')}
            </Text>
            <JsonInput
              value={policy.fallback.value}
              lines={6}
              onChange={(value) =>
                set({ fallback: { port: policy.fallback?.port ?? 'out', value } }, 'value')
              }
            />
          </div>
        </>
      )}
      {visits}
    </Stack>
  )
}
