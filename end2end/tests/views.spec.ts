// 我的视图: keeping a list's question, opening it, and having it shown first.
import { expect, expectStatus, hasJavaScript, open, signIn, test } from './support/app';
import type { Member } from './support/cast';
import { condition, search } from './support/leads';
import { peopleWords, signInAsNewcomer } from './support/people';
import { languages, zh, type Words } from './support/words';
import type { Page } from '@playwright/test';

/** A view is its member's own, so each project has a member of its own. */
function keeper(): Member {
  return hasJavaScript() ? 'qingshan/he' : 'xinghe/tang';
}

function newName(): string {
  return `视图 ${String(Math.floor(Math.random() * 1e9))}`;
}

async function keep(page: Page, words: Words, name: string, asDefault = false) {
  await page.getByText(words.views.keep, { exact: true }).click();
  await page.getByLabel(words.views.name, { exact: true }).fill(name);
  if (asDefault) await page.getByLabel(words.views.asDefault).check();
  await page.getByRole('navigation', { name: words.views.title }).getByRole('button', { name: words.save }).click();
}

for (const words of languages) {
  test(`a question is kept under a name, opened, renamed and deleted, in ${words.tag}`, async ({ page }) => {
    const name = newName();
    // A question that is kept already is not offered to be kept, so each language has one of its own.
    const state = words === zh ? 'converted' : 'dispatched';
    await signIn(page, keeper(), words);
    await open(page, '/leads?size=10');
    await condition(page, words.state).selectOption({ label: words.states[state] });
    await search(page, words);
    await keep(page, words, name);
    await expect(page.getByRole('status').filter({ hasText: words.views.saved })).toBeVisible();
    const bar = page.getByRole('navigation', { name: words.views.title });
    await expect(bar.getByRole('link', { name })).toHaveAttribute('aria-current', 'true');

    await bar.getByRole('link', { name: words.views.everything }).click();
    await expect(condition(page, words.state)).toHaveValue('all');
    await bar.getByRole('link', { name }).click();
    await expect(condition(page, words.state)).toHaveValue(state);

    await bar.getByRole('link', { name: words.views.manage }).click();
    const row = page.getByRole('row').filter({ has: page.locator(`input[value="${name}"]`) });
    await row.getByLabel(`${words.views.name} ${name}`).fill(`${name} 二`);
    await row.getByRole('button', { name: words.views.rename }).click();
    await expect(page.getByRole('link', { name: `${words.views.open} ${name} 二` })).toBeVisible();
    await page.getByRole('button', { name: `${words.views.delete} ${name} 二` }).click();
    await expect(page.getByRole('status').filter({ hasText: words.views.deleted })).toBeVisible();
    await expect(page.getByRole('link', { name: `${words.views.open} ${name} 二` })).toHaveCount(0);
  });
}

for (const words of languages) {
  test(`a name that is taken is refused beside its field and what was typed is kept, in ${words.tag}`, async ({ page }) => {
    expectStatus(page, 422);
    const name = newName();
    const [first, second] = words === zh ? ['own', 'referral'] : ['website', 'event'];
    await signIn(page, keeper(), words);
    await open(page, `/leads?source=${first}`);
    await keep(page, words, name);
    await open(page, `/leads?source=${second}`);
    await keep(page, words, name);
    const field = page.getByRole('textbox', { name: words.views.name }).first();
    await expect(field).toHaveAccessibleDescription(words.views.taken);
    await expect(field).toHaveValue(name);
    await field.fill(`${name} 二`);
    await page.getByRole('main').getByRole('button', { name: words.save }).click();
    await expect(page).toHaveURL(`/leads?source=${second}`);
    for (const one of [`${name} 二`, name]) {
      await open(page, '/views/leads');
      await page.getByRole('button', { name: `${words.views.delete} ${one}`, exact: true }).click();
    }
  });

  test(`the default is what the list shows first, and everything is a click away, in ${words.tag}`, async ({
    page,
    anotherPage,
  }) => {
    const name = newName();
    // A list has one default, which no other test may find there.
    await signInAsNewcomer(page, await anotherPage(), words, [peopleWords(words).operator]);
    await open(page, '/leads?state=invalid');
    await keep(page, words, name, true);
    await open(page, '/leads');
    await expect(condition(page, words.state)).toHaveValue('invalid');
    await page.getByRole('search').getByRole('link', { name: words.reset }).click();
    await expect(condition(page, words.state)).toHaveValue('all');
    await open(page, '/views/leads');
    await page.getByRole('button', { name: `${words.views.notDefault} ${name}` }).click();
    await open(page, '/leads');
    await expect(condition(page, words.state)).toHaveValue('all');
  });

  test(`the dispatch list has views of its own, which no colleague sees, in ${words.tag}`, async ({ page, anotherPage }) => {
    const name = newName();
    const colleague = await anotherPage();
    await signInAsNewcomer(page, colleague, words, [peopleWords(words).supervises]);
    await open(page, '/lead-dispatch?source=referral');
    await keep(page, words, name);
    await expect(page.getByRole('status').filter({ hasText: words.views.saved })).toBeVisible();
    await expect(page).toHaveURL('/lead-dispatch?source=referral');
    const bar = page.getByRole('navigation', { name: words.views.title });
    await expect(bar.getByRole('link', { name })).toHaveAttribute('aria-current', 'true');
    await bar.getByRole('link', { name: words.views.everything }).click();
    await expect(page).toHaveURL(/^[^?]*\/lead-dispatch(\?|$)/);
    await bar.getByRole('link', { name }).click();
    await expect(condition(page, words.source)).toHaveValue('referral');
    await open(page, '/leads');
    await expect(page.getByRole('link', { name })).toHaveCount(0);

    // The administrator sees every lead of the list, and only views of its own.
    await open(colleague, '/lead-dispatch?source=referral');
    await expect(colleague.getByRole('heading', { level: 1, name: words.dispatchPage })).toBeVisible();
    await expect(colleague.getByRole('link', { name })).toHaveCount(0);
    await open(colleague, '/views/lead-dispatch');
    await expect(colleague.locator(`input[value="${name}"]`)).toHaveCount(0);
    await open(page, '/views/lead-dispatch');
    await expect(page.locator(`input[value="${name}"]`)).toHaveCount(1);
  });
}

for (const words of languages) {
  test(`whoever has no leads has no views of them, in ${words.tag}`, async ({ page }) => {
    expectStatus(page, 403);
    await signIn(page, 'yunfan/qian', words);
    expect(await open(page, '/views/leads')).toBe(403);
    await expect(page.getByRole('heading', { level: 1, name: words.denied })).toBeVisible();
  });
}
