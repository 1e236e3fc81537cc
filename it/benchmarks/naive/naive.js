// How such a script is written in a hurry: every row into memory, a stage filled by INSERTs of 200 rows, then one UPDATE
// and one INSERT. Takes the two URLs from SOURCE_URL and TARGET_URL.
const { Client } = require('pg');

const COLUMNS = [
  'id', 'slug', 'name', 'description', 'brand', 'category', 'price', 'salePrice', 'currency', 'stock', 'rank',
  'active', 'featured', 'attributes', 'createdAt', 'updatedAt',
];
const BATCH = 200;
const quoted = (column) => `"${column}"`;
const parameter = (row, column) =>
  column === 'attributes' && row[column] !== null ? JSON.stringify(row[column]) : row[column];

async function fillStage(target, rows) {
  await target.query('CREATE TEMP TABLE stage (LIKE "Product") ON COMMIT DROP');
  for (let first = 0; first < rows.length; first += BATCH) {
    const values = [];
    const tuples = rows.slice(first, first + BATCH).map((row) => {
      const numbers = COLUMNS.map((column) => `$${values.push(parameter(row, column))}`);
      return `(${numbers.join(',')})`;
    });
    await target.query(`INSERT INTO stage (${COLUMNS.map(quoted)}) VALUES ${tuples.join(',')}`, values);
  }
}

async function merge(target) {
  const others = COLUMNS.slice(1);
  await target.query(`
    UPDATE "Product" p SET ${others.map((c) => `${quoted(c)} = s.${quoted(c)}`)} FROM stage s
    WHERE s."id" = p."id"
      AND (${others.map((c) => `p.${quoted(c)}`)}) IS DISTINCT FROM (${others.map((c) => `s.${quoted(c)}`)})`);
  // NOT EXISTS on an empty target would be a nested loop over the growing table.
  await target.query(`
    INSERT INTO "Product" (${COLUMNS.map(quoted)}) SELECT ${COLUMNS.map((c) => `s.${quoted(c)}`)} FROM stage s
    ON CONFLICT ("id") DO NOTHING`);
}

(async () => {
  const source = new Client({ connectionString: process.env.SOURCE_URL });
  const target = new Client({ connectionString: process.env.TARGET_URL });
  await source.connect();
  await target.connect();
  const { rows } = await source.query('SELECT * FROM "Product"');
  await target.query('BEGIN');
  await fillStage(target, rows);
  await merge(target);
  await target.query('COMMIT');
  await source.end();
  await target.end();
})().catch((failure) => {
  console.error(failure);
  process.exit(1);
});
