//! Uploading a file of leads: a form with a file in it.

use partner_center::{
    access::Action,
    attachments::NewFile,
    error::{Code, Problem, Result},
    imports::{self, LARGEST_FILE},
};

use crate::{
    form::{self, Params, Saved},
    paths,
    upload::FileForm,
    visit::Visit,
};

/// Takes in a file of leads.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UploadImport {
    once: String,
}

impl FileForm for UploadImport {
    const FIELD: &'static str = "file";
    const MOST: usize = 1;
    const LARGEST: u64 = LARGEST_FILE;

    async fn admit(visit: &Visit) -> Result<()> {
        visit.ctx()?.require(Action::ImportLeads).await
    }

    async fn save(&self, visit: &Visit, _: &Params, files: Vec<NewFile>) -> Result<Saved> {
        let file = files.into_iter().next().filter(|file| file.bytes > 0);
        let file = file.ok_or_else(|| Problem::alone("file", Code::Required))?;
        let id = imports::upload(&visit.ctx()?, &file.name, file.spool, form::token_of(&self.once)?).await?;
        Ok(Saved::telling(paths::import(id), "import-uploaded"))
    }
}
