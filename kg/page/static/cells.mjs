// Rows as CSV in which no cell is a formula.

const STARTS_FORMULA = /^[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@\t\r＝＋－＠]/;

export function toCell(value) {
  const text = value === null || value === undefined ? "" : String(value);
  const safe = STARTS_FORMULA.test(text) || /^[\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n\t;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

// With a byte order mark, so that a spreadsheet reads it as UTF-8.
export function toCsv(rows) {
  return `\ufeff${rows.map((row) => row.map(toCell).join(",")).join("\r\n")}\r\n`;
}
