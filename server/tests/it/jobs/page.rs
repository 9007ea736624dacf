//! Who sees which work in the background.

use server::jobs::{Background, SCHEDULED};

use crate::{
    exports::support::{asked, work},
    imports::support::{good_rows, taken},
    support::App,
};

#[tokio::test]
async fn administrators_see_the_imports_and_exports_of_their_tenant_and_why_one_failed() {
    let app = App::new().await;
    let (admin, lin) = (app.sign_in("yunfan/admin").await, app.sign_in("yunfan/lin").await);
    taken(&lin, good_rows(1).as_bytes()).await;
    asked(&app, &lin, "?state=following", "csv").await;
    let page = admin.get("/jobs").await;
    for word in ["leads.csv", "校验中", "排队中", "林晓梅", "已过期", "您的角色没有此操作的权限"]
    {
        assert!(page.says(word), "{word}: {}", page.text());
    }
    work(&app).await;
    assert!(!admin.get("/jobs").await.says("排队中"));
    assert!(!app.sign_in("xinghe/admin").await.get("/jobs").await.says("leads.csv"));
    assert_eq!(lin.get("/jobs").await.status, 403);
    assert!(!lin.get("/").await.says("href=\"/jobs\"") && admin.get("/").await.says("href=\"/jobs\""));
}

#[tokio::test]
async fn administrators_see_what_ran_on_schedule_and_only_the_platforms_operator_how_much_it_did() {
    let app = App::new().await;
    let sessions = server::session::Sessions::new(app.db.clone(), app.clock.clone());
    let with = Background { store: app.store.clone(), sessions, clock: app.clock.clone() };
    let operator = app.sign_in("platform/operator").await;
    assert!(operator.get("/jobs").await.says("还没有执行过定时任务"));
    while partner_center::jobs::work(&app.store, &SCHEDULED, &with, || app.clock.now()).await.unwrap() {}
    let page = operator.get("/jobs").await;
    assert!(page.says("定时任务") && page.says("清理过期的导出文件") && page.says("成功"), "{}", page.text());
    assert!(page.says("处理数量") && !page.says("导入和导出"));
    app.change("UPDATE job_runs SET failure = 'busy', done = 4711 WHERE name = 'leftovers'", []).await;
    let page = app.sign_in("yunfan/admin").await.get("/jobs").await;
    for word in ["定时任务", "清理过期的导出文件", "成功", "失败", "数据库繁忙"] {
        assert!(page.says(word), "{word}: {}", page.text());
    }
    assert!(!page.says("处理数量") && !page.says("4,711"));
    // Every run stands there, not only the latest.
    app.clock.advance(3_600);
    while partner_center::jobs::work(&app.store, &SCHEDULED, &with, || app.clock.now()).await.unwrap() {}
    let runs = app.sign_in("yunfan/admin").await.get("/jobs?of=leftovers").await.text();
    let runs = runs.split("执行记录").nth(1).unwrap();
    assert!(runs.contains("数据库繁忙") && runs.contains("成功") && !runs.contains("4,711"), "{runs}");
    assert!(app.sign_in("platform/operator").await.get("/jobs?of=leftovers").await.says("4,711"));
    assert!(app.sign_in("yunfan/admin").await.get("/jobs?of=none").await.says("没有这个任务的执行记录"));
    assert_eq!(app.sign_in("yunfan/lin").await.get("/jobs").await.status, 403);
    assert_eq!(app.sign_in("platform/reviewer").await.get("/jobs").await.status, 403);
}
