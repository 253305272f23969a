import { Switch, Text, TextInput } from '@mantine/core'
import type { NodePolicy } from '#core/graph/flow.ts'
import { JsonInput } from '../ui/JsonInput.tsx'
import { t } from './messages.ts'

type Cache = NonNullable<NodePolicy['cache']>

export interface CacheFieldsProps {
  readonly cache: Cache | undefined
  /** How long the type keeps answers, undefined where it does not. */
  readonly byType: string | undefined
  readonly onChange: (cache: Cache | undefined, path: string) => void
}

/** Whether an answer is given again, for how long, and to whom. */
export function CacheFields({ cache, byType, onChange }: CacheFieldsProps) {
  return (
    <>
      <Switch
        label={t('cacheOwn')}
        description={
          cache === undefined ? t('byType', { value: byType ?? t('cacheNone') }) : undefined
        }
        checked={cache !== undefined}
        onChange={(event) =>
          onChange(event.currentTarget.checked ? { ttl: byType ?? '1d' } : undefined, 'cache')
        }
      />
      {cache !== undefined && (
        <>
          <TextInput
            label={t('cacheTtl')}
            description={t('cacheTtlText')}
            value={cache.ttl}
            onChange={(event) =>
              onChange({ ...cache, ttl: event.currentTarget.value.trim() }, 'cache ttl')
            }
          />
          <div>
            <Text size="xs" fw={500} mb={4}>
              {t('cacheKey')}
            </Text>
            <Text size="xs" c="dimmed" mb={4}>
              {t('cacheKeyText')}
            </Text>
            <JsonInput
              value={cache.key ?? null}
              lines={3}
              onChange={(key) =>
                onChange(key === null ? { ttl: cache.ttl } : { ...cache, key }, 'cache key')
              }
            />
          </div>
        </>
      )}
    </>
  )
}
