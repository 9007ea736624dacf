//! 导出线索: the dialog that says what will be in the file, and what the file says of each lead. Hidden values stay
//! hidden in it, whatever eye is open.

use leptos::prelude::*;
use partner_center::{
    access::Action,
    ctx::Ctx,
    error::{Code, Error, Problem, Refusal, Result},
    exports::{self, Format, List, MOST_ROWS, NewExport, Question},
    ids::LeadId,
    leads::{self, Query, State},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    columns::{self, Column},
    query::ListQuery,
    text,
};
use crate::{
    exports::text as words_of_exports,
    form::{PageForm, Params, Posted, Saved, problem_of, token_of},
    islands::SendOnce,
    paths, query,
    text::{Locale, Zone, conflict, words},
    ui::{Dialog, FormShell, Hydration, PageHead, Select, SubmitBar, page},
    visit::Visit,
};

/// Where the rows of a list are exported. `otherwise` is the state that the list shows when its address names none.
pub fn address(list: &ListQuery, otherwise: Option<State>) -> String {
    let mut asked = ListQuery { size: String::new(), ..list.at(Default::default()) };
    if let (true, Some(state)) = (asked.state.is_empty(), otherwise) {
        asked.state = state.to_string();
    }
    query::address(paths::LEAD_EXPORT, &asked)
}

/// What is asked of the list: its address, and the columns in their order.
#[derive(Serialize, Deserialize)]
struct Asked {
    query: ListQuery,
    columns: Vec<String>,
    /// The zone of whoever asked; that of the trade, where an older version has not said it.
    #[serde(default)]
    zone: String,
}

impl Asked {
    fn read(question: &Question) -> Result<Asked> {
        serde_json::from_str(&question.text).map_err(|_| Error::Internal)
    }

    fn zone(&self) -> Zone {
        Zone::of_name(&self.zone).unwrap_or_default()
    }

    fn columns(&self) -> Result<Vec<Column>> {
        self.columns.iter().map(|code| code.parse().map_err(|_| Error::Internal)).collect()
    }
}

fn ask(query: &ListQuery) -> Result<Query> {
    query.ask(None, Vec::new())
}

/// The export of what an address of the list shows, with the member's own columns, in this language and zone.
pub async fn wanted(ctx: &Ctx, address: &str, (locale, zone): (Locale, Zone), format: Format) -> Result<NewExport> {
    ctx.require(Action::ExportLeads).await?;
    let query: ListQuery = query::of(address)?;
    let rows = leads::exportable(ctx, &ask(&query)?.filter).await?;
    let columns = columns::shown(ctx).await?.into_iter().map(|column| column.code().to_owned()).collect();
    let text =
        serde_json::to_string(&Asked { query, columns, zone: zone.name().to_owned() }).map_err(|_| Error::Internal)?;
    let question = Question { list: List::Leads, text, language: locale.tag().to_owned() };
    Ok(NewExport { question, format, rows })
}

/// The headings of the file.
pub fn export_headings(question: &Question) -> Result<Vec<String>> {
    let locale = language(question);
    let asked = Asked::read(question)?;
    let zone = asked.zone().label(locale);
    let heading = |column: Column| match column.is_instant() {
        true => format!("{} ({zone})", column.word(locale)),
        false => column.word(locale).to_owned(),
    };
    Ok(asked.columns()?.into_iter().map(heading).collect())
}

/// The leads of the file.
pub async fn export_ids(ctx: &Ctx, question: &Question, most: u64) -> Result<Vec<Uuid>> {
    let Query { filter, sort, ascending, .. } = ask(&Asked::read(question)?.query)?;
    let ids = leads::ids_in_order(ctx, &filter, sort, ascending, most).await?;
    Ok(ids.into_iter().map(|id| id.0).collect())
}

/// Leads as lines of the file.
pub async fn export_cells(ctx: &Ctx, question: &Question, ids: &[Uuid]) -> Result<Vec<Vec<String>>> {
    let (locale, asked) = (language(question), Asked::read(question)?);
    let (columns, zone) = (asked.columns()?, asked.zone());
    let ids: Vec<LeadId> = ids.iter().copied().map(LeadId).collect();
    let leads = leads::exported(ctx, &ids).await?;
    let line = |lead| columns.iter().map(|column| column.text(locale, zone, lead).unwrap_or_default()).collect();
    Ok(leads.iter().map(line).collect())
}

fn language(question: &Question) -> Locale {
    Locale::of_tag(&question.language).unwrap_or_default()
}

/// Has the leads of the page's address exported.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ExportLeads {
    once: String,
    format: String,
}

impl PageForm for ExportLeads {
    async fn save(&self, visit: &Visit, _: &Params) -> Result<Saved> {
        let ctx = visit.ctx()?;
        ctx.require(Action::ExportLeads).await?;
        let format = match self.format.as_str() {
            "" => return Err(Problem::alone("format", Code::Required)),
            code => code.parse().map_err(|_| Problem::alone("format", Code::Unknown))?,
        };
        let token = token_of(&self.once)?;
        let wanted = wanted(&ctx, &visit.address, (visit.locale, visit.zone), format).await?;
        exports::request(&ctx, wanted, token).await?;
        Ok(Saved::telling(paths::EXPORTS, "export-requested"))
    }
}

/// The page of the dialog.
#[component]
pub fn ExportLeadsPage() -> impl IntoView {
    let visit = Visit::current();
    let (form, error) = Posted::<ExportLeads>::take();
    let asked: Result<ListQuery> = query::read();
    page(async move {
        let visit = visit.ok_or(Error::Internal)?;
        let ctx = visit.ctx()?;
        ctx.require(Action::ExportLeads).await?;
        let asked = asked?;
        let rows = leads::exportable(&ctx, &ask(&asked)?.filter).await?;
        let (locale, t, shell) = (visit.locale, text::words(visit.locale), words(visit.locale));
        let x = words_of_exports::words(locale);
        let columns: Vec<&str> = columns::shown(&ctx).await?.into_iter().map(|column| column.word(locale)).collect();
        let columns = columns.join(locale.pick("、", ", "));
        let back = query::address(paths::LEADS, &asked);
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
                let labels = vec![("format", x.format)];
                let problem = problem_of(error.as_ref(), "format");
                let formats = words_of_exports::formats(locale);
                let (action, cancel) = (address(&asked, None), back.clone());
                view! {
                    <p>{words_of_exports::will_export(locale, rows)}</p>
                    <SendOnce word=shell.saving.to_owned()>
                        <FormShell locale action error labels>
                            <Select locale name="format" label=x.format value=form.format choices=formats error=problem required=true autofocus=true />
                            <p class="muted">{x.columns} {locale.pick("：", ": ")} {columns}</p>
                            <p class="muted">{x.masked_hint}</p>
                            <SubmitBar locale word=t.export back=cancel />
                        </FormShell>
                    </SendOnce>
                }
                .into_any()
            }
        };
        Ok(view! {
            <PageHead
                locale
                title=t.export_title
                crumbs=vec![(shell.sales, None), (shell.develop, None), (t.title, Some(paths::LEADS.to_owned()))]
            />
            <Dialog locale title=t.export_title back>
                <div class="dialog__body">{body}</div>
            </Dialog>
            <Hydration />
        })
    })
}
