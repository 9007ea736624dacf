//! The dialog that says what will be in the file, and its form. Hidden values stay hidden in the file, whatever eye is
//! open.

use std::marker::PhantomData;

use leptos::prelude::*;
use partner_center::{
    error::{Code, Error, Problem, Refusal, Result},
    exports::{self, MOST_ROWS},
};
use serde::Deserialize;

use super::{
    face::{Face, FileColumn, wanted},
    text,
};
use crate::{
    form::{PageForm, Params, Posted, Saved, problem_of, token_of},
    islands::SendOnce,
    paths, query,
    text::{conflict, words},
    ui::{Dialog, FormShell, Hydration, PageHead, Select, SubmitBar, page},
    visit::Visit,
};

/// Has the rows of the page's address exported.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, bound = "")]
pub struct ExportForm<F: Face> {
    once: String,
    format: String,
    #[serde(skip)]
    face: PhantomData<F>,
}

impl<F: Face> PageForm for ExportForm<F> {
    async fn save(&self, visit: &Visit, _: &Params) -> Result<Saved> {
        let ctx = visit.ctx()?;
        ctx.require(F::LIST.action()).await?;
        let format = match self.format.as_str() {
            "" => return Err(Problem::alone("format", Code::Required)),
            code => code.parse().map_err(|_| Problem::alone("format", Code::Unknown))?,
        };
        let token = token_of(&self.once)?;
        let wanted = wanted::<F>(&ctx, &visit.address, (visit.locale, visit.zone), format).await?;
        exports::request(&ctx, wanted, token).await?;
        Ok(Saved::telling(paths::EXPORTS, "export-requested"))
    }
}

/// The page of the dialog.
pub fn export_page<F: Face>() -> impl IntoView {
    let visit = Visit::current();
    let (form, error) = Posted::<ExportForm<F>>::take();
    let asked: Result<F::Query> = query::read();
    page(async move {
        let visit = visit.ok_or(Error::Internal)?;
        let ctx = visit.ctx()?;
        ctx.require(F::LIST.action()).await?;
        let asked = asked?;
        let rows = F::count(&ctx, &asked).await?;
        let (locale, shell, t) = (visit.locale, words(visit.locale), text::words(visit.locale));
        let columns: Vec<&str> = F::columns(&ctx).await?.into_iter().map(|column| column.word(locale)).collect();
        let columns = columns.join(locale.pick("、", ", "));
        let back = query::address(F::PATH, &asked);
        let title = text::title(locale, F::LIST);
        let refusal = match rows {
            0 => Some(Refusal::NothingToExport),
            rows if rows > MOST_ROWS => Some(Refusal::TooManyToExport),
            _ => None,
        };
        let body = match refusal {
            Some(why) => view! {
                <p class="flash flash--info" role="status">
                    {conflict(locale, why)}
                </p>
                <div class="form__buttons">
                    <a class="button" href=back.clone()>
                        {shell.go_back}
                    </a>
                </div>
            }
            .into_any(),
            None => {
                let labels = vec![("format", t.format)];
                let problem = problem_of(error.as_ref(), "format");
                let formats = text::formats(locale);
                let (action, cancel) = (query::address(F::EXPORT, &asked), back.clone());
                view! {
                    <p>{text::will_export(locale, F::LIST, rows)}</p>
                    <SendOnce word=shell.saving.to_owned()>
                        <FormShell locale action error labels>
                            <Select locale name="format" label=t.format value=form.format choices=formats error=problem required=true autofocus=true />
                            <p class="muted">{t.columns} {locale.pick("：", ": ")} {columns}</p>
                            <p class="muted">{text::stays_hidden(locale, F::LIST)}</p>
                            <SubmitBar locale word=t.export back=cancel />
                        </FormShell>
                    </SendOnce>
                }
                .into_any()
            }
        };
        Ok(view! {
            <PageHead locale title crumbs=F::crumbs(locale) />
            <Dialog locale title back>
                <div class="dialog__body">{body}</div>
            </Dialog>
            <Hydration />
        })
    })
}
