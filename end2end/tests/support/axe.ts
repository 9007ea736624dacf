// Accessibility, as far as a program can judge it. It runs inside the page, so it needs JavaScript.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Fails with every violation of WCAG 2.2 AA that axe finds, and where. */
export async function axe(page: Page) {
  // The legacy mode judges in the page itself. It is blind to frames of other origins, and none of our pages has any.
  const builder = new AxeBuilder({ page }).setLegacyMode().withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']);
  const { violations } = await builder.analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`);
  expect.soft(found, `axe on ${page.url()}`).toEqual([]);
}
