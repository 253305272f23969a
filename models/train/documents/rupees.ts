/** An amount with two decimals and the Indian grouping: 100102.03 is `1,00,102.03`. */
export function rupees(amount: number): string {
  const [whole = '0', decimals = '00'] = Math.abs(amount).toFixed(2).split('.')
  const grouped = whole.replace(/\B(?=(\d\d)*\d{3}$)/g, ',')
  return `${amount < 0 ? '-' : ''}${grouped}.${decimals}`
}
