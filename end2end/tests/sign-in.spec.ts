// 登录 and 退出登录.
import { expect, expectStatus, open, sendCredentials, signIn, signOut, speak, test } from './support/app';
import { PASSWORD } from './support/cast';
import { languages, zh } from './support/words';

/** One of the demo's many customers, so that wrong passwords slow nobody else down. */
function someCustomer(): string {
  return `customer${String(1 + Math.floor(Math.random() * 300)).padStart(3, '0')}`;
}

for (const words of languages) {
  test(`a wrong password is answered beside the field, in ${words.tag}`, async ({ page }) => {
    expectStatus(page, 422);
    const tenant = someCustomer();
    await open(page, '/sign-in');
    await speak(page, words);
    await sendCredentials(page, words, tenant, 'admin', 'not-the-password');
    const password = page.getByLabel(words.password);
    await expect(password).toHaveAccessibleDescription(words.wrongPassword);
    await expect(password).toHaveAttribute('aria-invalid', 'true');
    await expect(password).toHaveValue('');
    await expect(page.getByRole('textbox', { name: words.tenant })).toHaveValue(tenant);
    await expect(page.getByRole('textbox', { name: words.account })).toHaveValue('admin');
    expect(await page.content()).not.toContain('not-the-password');
  });
}

test('an unknown name gets the same answer as a wrong password', async ({ page }) => {
  expectStatus(page, 422);
  await open(page, '/sign-in');
  await sendCredentials(page, zh, `nobody${Date.now()}`, 'nobody', 'not-the-password');
  await expect(page.getByLabel(zh.password)).toHaveAccessibleDescription(zh.wrongPassword);
});

test('empty fields are named one by one', async ({ page }) => {
  expectStatus(page, 422);
  await open(page, '/sign-in');
  await page.getByRole('button', { name: zh.signIn, exact: true }).click();
  await expect(page.getByRole('alert').getByRole('link')).toHaveText([
    `${zh.tenant}${zh.separator}${zh.required}`,
    `${zh.account}${zh.separator}${zh.required}`,
    `${zh.password}${zh.separator}${zh.required}`,
  ]);
});

test('whoever asks for a page first is there after signing in', async ({ page }) => {
  await open(page, '/leads?state=following');
  await expect(page.getByRole('heading', { level: 1, name: zh.welcome })).toBeVisible();
  await sendCredentials(page, zh, 'yunfan', 'zhao', PASSWORD);
  await expect(page.getByRole('heading', { level: 1, name: zh.leads })).toBeVisible();
  await expect(page).toHaveURL('/leads?state=following');
});

test('a page to go to after signing in is one of ours', async ({ page }) => {
  await open(page, '/sign-in?next=//example.com/leads');
  await sendCredentials(page, zh, 'yunfan', 'zhao', PASSWORD);
  await expect(page.getByRole('heading', { level: 1, name: zh.home })).toBeVisible();
  await expect(page).toHaveURL('/');
});

test('after signing out, Back shows nothing private', async ({ page }) => {
  await signIn(page, 'yunfan/chen');
  await open(page, '/leads');
  await expect(page.getByRole('table', { name: zh.leadList })).toBeVisible();
  await signOut(page);
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: zh.welcome })).toBeVisible();
  await expect(page.getByRole('table')).toHaveCount(0);
});

test('signed-in pages are kept by nobody', async ({ page }) => {
  await signIn(page, 'yunfan/wu');
  for (const address of ['/', '/leads', '/leads/new', '/messages', '/change-password']) {
    const response = await page.goto(address);
    expect(response!.headers()['cache-control'], address).toBe('no-store');
  }
});
