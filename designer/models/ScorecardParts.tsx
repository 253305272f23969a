import { Table } from '@mantine/core'
import type { ScorecardCard } from './card-schema.ts'
import { Calibration } from './Calibration.tsx'
import { decimal, Figures, percent } from './Figures.tsx'
import { t } from './messages.ts'
import { PointsTable } from './PointsTable.tsx'
import styles from './ModelsPage.module.css'

export function ScorecardParts({ card }: { readonly card: ScorecardCard }) {
  const { holdout, meanScore } = card.metrics
  const { scale, features } = card.scorecard
  return (
    <>
      <section>
        <h3 className={styles['part']}>
          {t('metrics')} <span className={styles['hint']}>{t('metricsHoldout')}</span>
        </h3>
        <Figures
          figures={[
            { name: t('auc'), value: decimal(holdout.auc), help: t('aucHelp') },
            { name: t('gini'), value: decimal(holdout.gini), help: t('giniHelp') },
            { name: t('ks'), value: decimal(holdout.ks), help: t('ksHelp') },
            { name: t('badRate'), value: percent(holdout.badRate) },
            {
              name: t('calibrationError'),
              value: percent(holdout.calibrationError, 2),
              help: t('calibrationHelp'),
            },
            { name: t('meanScore'), value: meanScore.toFixed(0) },
          ]}
        />
      </section>
      <div className={styles['columns']}>
        <Bands card={card} />
        {holdout.calibration.length > 0 && <Calibration bands={holdout.calibration} />}
      </div>
      <section>
        <h3 className={styles['part']}>
          {t('points')}{' '}
          <span className={styles['hint']}>
            {t('pointsHint', { features: features.length, ...scale })}
          </span>
        </h3>
        <PointsTable features={features} />
      </section>
    </>
  )
}

function Bands({ card }: { readonly card: ScorecardCard }) {
  const measured = new Map(card.metrics.holdout.bands.map((band) => [band.category, band]))
  return (
    <section>
      <h3 className={styles['part']}>{t('bands')}</h3>
      <Table withTableBorder>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('band')}</Table.Th>
            <Table.Th ta="right">{t('scoreFrom')}</Table.Th>
            <Table.Th ta="right">{t('share')}</Table.Th>
            <Table.Th ta="right">{t('badRate')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody className="num">
          {card.scorecard.bands.map(({ category, title, from }) => {
            const figures = measured.get(category)
            return (
              <Table.Tr key={category}>
                <Table.Td>
                  <b>{category}</b> {title}
                </Table.Td>
                <Table.Td ta="right">{from ?? t('below')}</Table.Td>
                <Table.Td ta="right">
                  {figures === undefined ? '–' : percent(figures.share)}
                </Table.Td>
                <Table.Td ta="right">
                  {figures === undefined ? '–' : percent(figures.badRate)}
                </Table.Td>
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
      {card.cutOffs !== undefined && (
        <p className={styles['quiet']}>
          {t('cutOffs', { approve: card.cutOffs.approveFrom, decline: card.cutOffs.declineBelow })}
        </p>
      )}
    </section>
  )
}
