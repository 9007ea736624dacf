// 导入线索: the sample file, from the upload over the report to the list.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, open, signIn, test } from './support/app';

const SAMPLE = fileURLToPath(new URL('../../public/leads-sample.csv', import.meta.url));

/** The sample with every company renamed, so that each run brings leads that are new. */
function sample(mark: string): Buffer {
  const [heading, ...rows] = readFileSync(SAMPLE, 'utf8').split('\r\n');
  const renamed = rows.map((row) => (row === '' ? row : row.replace(/^("?)/, `$1${mark}`)));
  return Buffer.from([heading, ...renamed].join('\r\n'), 'utf8');
}

function mark(project: string): string {
  return `样${project.length}${Math.random().toString(36).slice(2, 8)}`;
}

test('the sample file becomes a thousand leads once it is confirmed', async ({ page }, info) => {
  const name = mark(info.project.name);
  await signIn(page, 'yunfan/admin');
  await open(page, '/leads/import');
  await page.getByLabel('文件').setInputFiles({ name: 'leads.csv', mimeType: 'text/csv', buffer: sample(name) });
  await page.getByRole('button', { name: '上传并校验' }).click();
  await expect(page.getByRole('button', { name: '确认导入 (1,000)' })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: /^确认导入/ }).click();
  await expect(page.getByText('已完成')).toBeVisible({ timeout: 60_000 });
  await page.getByRole('link', { name: '查看线索' }).click();
  await page.getByRole('searchbox', { name: '公司名称' }).fill(name);
  await page.getByRole('button', { name: '查询' }).click();
  await expect(page.getByText('共 1,000 条')).toBeVisible();
});

test('bad rows are named by line and reason, and their values are not shown', async ({ page }, info) => {
  const name = mark(info.project.name);
  const file = `公司名称,客户名称,电话\r\n${name}科技有限公司,张三,12\r\n${name}网络有限公司,,13911112222\r\n`;
  await signIn(page, 'yunfan/lin');
  await open(page, '/leads/import');
  await page.getByLabel('文件').setInputFiles({ name: 'bad.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
  await page.getByRole('button', { name: '上传并校验' }).click();
  const report = page.getByRole('table', { name: '校验报告' });
  await expect(report.getByRole('row').filter({ hasText: '电话：格式不正确' })).toContainText('2', { timeout: 60_000 });
  await expect(report.getByRole('row').filter({ hasText: '客户名称：请填写此项' })).toContainText('3');
  expect(await page.content()).not.toContain('13911112222');
  await expect(page.getByRole('button', { name: /^确认导入/ })).toHaveCount(0);
});
