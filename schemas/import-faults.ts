import type { Text } from './text.ts';

const t = (zh: string, en: string): Text => ({ 'zh-CN': zh, en });

/** Why a whole file is refused: nothing of it was read. `{name}` is filled from the fault's detail. */
export const fileFaults = {
  file_empty: t('文件是空的。', 'The file is empty.'),
  file_too_large: t(
    '文件超过 {limit} MB，请拆分后再导入。',
    'The file is larger than {limit} MB; split it and import the parts.',
  ),
  file_type_unknown: t(
    '不是 xlsx、xls 或 CSV 文件，请在 Excel 或 WPS 中另存为 .xlsx 后再导入。',
    'Not an xlsx, xls or CSV file; save it as .xlsx in Excel or WPS first.',
  ),
  file_encrypted: t('文件设有密码，请取消密码后再导入。', 'The file is protected by a password; remove it first.'),
  file_damaged: t(
    '文件已损坏或内容不完整，请在 Excel 或 WPS 中打开并另存后再导入。',
    'The file is damaged or incomplete; open and save it again in Excel or WPS.',
  ),
  archive_too_many_entries: t('压缩包内文件多于 {limit} 个，已拒绝。', 'The archive holds more than {limit} entries.'),
  archive_too_large: t(
    '解压后超过 {limit} MB，已拒绝（疑似压缩炸弹）。',
    'The archive unpacks to more than {limit} MB (a likely bomb).',
  ),
  archive_ratio: t(
    '压缩比超过 {limit}，已拒绝（疑似压缩炸弹）。',
    'The compression ratio is above {limit} (a likely bomb).',
  ),
  archive_unsafe_path: t(
    '压缩包内有不安全的路径或链接：{name}。',
    'The archive holds an unsafe path or a link: {name}.',
  ),
  archive_nested: t(
    '文件内嵌有其他压缩包或工作簿：{name}，请删除后再导入。',
    'Another archive or workbook is embedded: {name}; remove it first.',
  ),
  xml_doctype: t('文件含有 DOCTYPE 或实体定义，已拒绝。', 'The file declares a DOCTYPE or entities and was refused.'),
  area_too_large: t(
    '合并区域、链接或公式区域过大（{area}），请取消后再导入。',
    'A merged, linked or formula area is too large ({area}); remove it first.',
  ),
  too_many_rows: t('数据多于 {limit} 行，请拆分后再导入。', 'More than {limit} rows of data; split the file.'),
  too_many_columns: t(
    '第 {row} 行超过 {limit} 列，请删除多余的列。',
    'Row {row} has more than {limit} columns; delete the surplus.',
  ),
  cell_too_long: t('单元格 {cell} 的内容超过 {limit} KB。', 'Cell {cell} holds more than {limit} KB.'),
  text_too_long: t('文件内文字总量过大，请拆分后再导入。', 'The file holds too much text; split it.'),
  reading_too_slow: t(
    '{limit} 秒内未能读完，已停止。请删除多余的格式、公式和空行后再导入。',
    'Not read within {limit} seconds; remove surplus formats, formulas and empty rows.',
  ),
  reading_too_heavy: t(
    '读取时占用内存过多，已停止。请删除多余的格式、公式和空行后再导入。',
    'Reading took too much memory; remove surplus formats, formulas and empty rows.',
  ),
  no_sheet: t('文件中没有可读的工作表。', 'The file has no readable sheet.'),
} as const satisfies Record<string, Text>;

/** What is wrong with one row, column or cell. The other rows are still read, so that all faults come at once. */
export const rowFaults = {
  headers_not_found: t('未找到表头行，需要的列：{titles}。', 'No header row found; columns wanted: {titles}.'),
  column_missing: t('缺少必需的列“{title}”。', 'The required column "{title}" is missing.'),
  column_doubled: t('列“{title}”出现了两次（另一列为 {other}）。', 'Column "{title}" appears twice (also {other}).'),
  merged_cells: t(
    '数据区有合并单元格 {area}，请取消合并并逐行填写。',
    'Cells {area} are merged inside the data; unmerge and fill each row.',
  ),
  no_rows: t('表头之下没有数据。', 'There are no rows below the headers.'),
  value_missing: t('“{title}”必填。', '"{title}" is required.'),
  one_of_missing: t('{titles}至少填一项。', 'Fill at least one of {titles}.'),
  text_too_long: t('“{title}”最多 {limit} 个字符。', '"{title}" takes at most {limit} characters.'),
  text_malformed: t('“{title}”的格式不对，应如：{example}。', '"{title}" is malformed; write it like {example}.'),
  number_malformed: t('“{title}”应为数字。', '"{title}" must be a number.'),
  number_out_of_range: t('“{title}”应在 {min} 到 {max} 之间。', '"{title}" must be between {min} and {max}.'),
  too_many_decimals: t('“{title}”最多 {limit} 位小数。', '"{title}" takes at most {limit} decimals.'),
  number_rounded: t(
    '长数字已被 Excel 四舍五入，末几位已丢失。请把该列设为文本格式后重新填写原号码。',
    'Excel has rounded this long number and lost its last digits. Format the column as text and enter it again.',
  ),
  date_malformed: t(
    '“{title}”不是真实的日期，应如 2026-09-01。',
    '"{title}" is not a real date; write it like 2026-09-01.',
  ),
  date_out_of_range: t('“{title}”应在 {min} 到 {max} 之间。', '"{title}" must be between {min} and {max}.'),
  date_order: t('“{title}”不能早于“{other}”。', '"{title}" must not be before "{other}".'),
  choice_unknown: t('“{title}”只能填：{choices}。', '"{title}" must be one of: {choices}.'),
  id_number_length: t(
    '身份证号应为 18 位（或旧 15 位），现为 {length} 位。',
    'An ID number has 18 digits (15 in the old form); this one has {length}.',
  ),
  id_number_malformed: t('身份证号只能是数字，末位可为 X。', 'An ID number holds digits only; the last may be X.'),
  id_number_date: t(
    '身份证号中的出生日期 {date} 不是真实的日期。',
    'The birth date {date} inside the ID number is not a real date.',
  ),
  id_number_checksum: t(
    '身份证号校验位不对，请核对是否录错。',
    'The check digit of the ID number is wrong; look for a typing error.',
  ),
  row_doubled: t('与第 {other} 行重复（{titles}相同）。', 'Doubles row {other} (same {titles}).'),
  formula_cell: t('单元格是公式，请复制后以“值”粘贴。', 'The cell holds a formula; copy it and paste values.'),
  error_cell: t('单元格是错误值 {value}。', 'The cell holds the error {value}.'),
  link_cell: t('单元格是超链接，请取消超链接。', 'The cell is a hyperlink; remove the link.'),
  score_and_mark: t('有标记“{mark}”时不应再填成绩。', 'No score may stand beside the mark "{mark}".'),
  gender_differs: t('性别与身份证号不符，请核对。', 'The gender differs from the ID number; please check.'),
  id_number_upgraded: t(
    '15 位旧身份证号已换算为 18 位，请核对。',
    'The old 15-digit ID number was converted to 18 digits; please check.',
  ),
} as const satisfies Record<string, Text>;

export type FileFaultCode = keyof typeof fileFaults;
export type RowFaultCode = keyof typeof rowFaults;

const fill = (text: string, detail: Record<string, string | number>): string =>
  text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(detail[name] ?? whole));

/** The words of a fault, with the values of this case filled in. */
export function faultText(text: Text, detail: Record<string, string | number> = {}): Text {
  return { 'zh-CN': fill(text['zh-CN'], detail), en: fill(text.en, detail) };
}
