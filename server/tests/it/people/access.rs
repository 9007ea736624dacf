//! 权限说明: what is explained is what is so.

use crate::support::{App, Lead, Wanted};

async fn asks(app: &App, who: &str, query: &str) -> crate::support::Answer {
    app.sign_in(who).await.get(&format!("/access{query}")).await
}

#[tokio::test]
async fn everybody_is_told_what_it_may_and_through_which_role() {
    let app = App::new().await;
    let wu = asks(&app, "yunfan/wu", "").await;
    for said in ["查看线索", "线索运营", "没有角色授予此权限", "只能看到", "所有成员"] {
        assert!(wu.says(said), "{said}");
    }
    let xie = asks(&app, "yunfan/xie.lan", "").await;
    assert!(xie.says("线索稽核") && xie.says("自定义角色授予了线索菜单"));
    let gao = asks(&app, "yunfan/gao.feng", "").await;
    assert!(gao.says("不再只限于自己的数据"));
    let outside = "外呼仅对已加入营销计划 2.0 的伙伴开放";
    assert!(wu.says(outside), "its role would let it call, and its company may not");
    assert!(!asks(&app, "xinghe/ma", "").await.says(outside));
    let customer = asks(&app, "haitang/admin", "").await;
    assert!(!customer.says("派发线索</td>"), "what means nothing here is not listed");
}

#[tokio::test]
async fn a_lead_that_one_does_not_see_looks_like_one_that_never_was() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    let own = app.a_lead("yunfan", "following", Some("wu")).await;
    let colleagues = app.a_lead("yunfan", "following", Some("chen")).await;
    let foreign = app.a_lead("qingshan", "following", None::<&str>.or(Some("he"))).await;
    let answer = wu.get(&format!("/access?lead={}", own.display())).await;
    assert!(answer.says("可以看到") && answer.says(&own.page()));
    let mut answers = Vec::new();
    for number in [colleagues.number, foreign.number, 99_999_999] {
        let answer = wu.get(&format!("/access?lead={number}")).await;
        let (status, text) = answer.without_chance("");
        answers.push((status, text.replace(&format!("{number:08}"), "N").replace(&number.to_string(), "N")));
    }
    assert!(answers[0].1.contains("没有这条线索"));
    assert_eq!(answers[0], answers[2]);
    assert_eq!(answers[1], answers[2]);
    assert_eq!(wu.get("/access?lead=abc").await.status, 422);
}

#[tokio::test]
async fn what_an_administrator_is_told_about_a_colleague_is_what_the_colleague_sees() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let mut leads: Vec<Lead> = Vec::new();
    for follower in ["wu", "chen", "zhao"] {
        leads.push(app.a_lead("yunfan", "following", Some(follower)).await);
    }
    leads.push(app.leads(Wanted { tenant: "yunfan", state: "undispatched", ..Wanted::default() }).await.remove(0));
    for account in ["lin", "chen", "wu", "qian", "sun", "xie.lan", "gao.feng", "meng.qi", "su.hang", "luo.jia"] {
        let colleague = app.sign_in(&format!("yunfan/{account}")).await;
        for lead in &leads {
            let told = admin.get(&format!("/access?account={account}&lead={}", lead.display())).await;
            assert_eq!(told.status, 200);
            let sees = colleague.get(&lead.page()).await.status == 200;
            let (visible, hidden) = (told.says("badge--green\">可以看到"), told.says("badge--red\">看不到"));
            assert_eq!((visible, hidden), (sees, !sees), "{account} {}", lead.display());
        }
    }
}

#[tokio::test]
async fn about_a_colleague_only_administrators_ask_and_about_strangers_nobody() {
    let app = App::new().await;
    assert_eq!(asks(&app, "yunfan/lin", "?account=wu").await.status, 403);
    assert_eq!(asks(&app, "yunfan/lin", "?account=LIN").await.status, 200, "oneself");
    let admin = app.sign_in("yunfan/admin").await;
    for account in ["he", "nobody", "%00", "w"] {
        let answer = admin.get(&format!("/access?account={account}")).await;
        assert_eq!((answer.status, answer.says("没有这个账号")), (422, true), "{account}");
    }
    let disabled = admin.get("/access?account=zhou.ming").await;
    assert!(disabled.says("该成员已停用"));
    let foreign = app.a_lead("qingshan", "following", Some("he")).await;
    let told = admin.get(&format!("/access?account=wu&lead={}", foreign.display())).await;
    assert!(told.says("没有这条线索"));
}
