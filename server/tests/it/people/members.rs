//! What administrators do to members, and what no administrator can.

use crate::{
    people::support::{INITIAL, create, is_in, new_member, page, roles, supervisor},
    support::{App, only_audit},
};

#[tokio::test]
async fn a_member_is_created_in_two_steps_and_nothing_is_lost_on_the_way() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let person = [("account", "wang.xm"), ("name", "王小明"), ("phone", "137 0000 0001")];
    let person = [&person[..], &[("email", "wang@example.com"), ("telesales", "yes")]].concat();
    let second = admin.fill("/members/new", &person).await;
    assert_eq!(second.status, 200, "{}", second.text());
    assert!(second.says("第 2 步") && second.says("value=\"finance\""));
    for value in ["wang.xm", "王小明", "137 0000 0001", "wang@example.com"] {
        assert!(second.says(&format!("value=\"{value}\"")), "{value} is lost on the second step");
    }
    let back = [&person[..], &[("step", "back"), ("roles", "finance"), ("password", INITIAL)]].concat();
    let first = admin.post("/members/new", &back).await;
    assert_eq!(first.status, 200);
    for value in ["wang.xm", "王小明", "137 0000 0001", "wang@example.com", "finance", INITIAL] {
        assert!(first.says(&format!("value=\"{value}\"")), "{value} is lost on the way back");
    }
    let (created, changed) = (app.audited("member_created").await, app.audited("roles_changed").await);
    let all = [&person[..], &[("step", "roles"), ("roles", "finance"), ("password", INITIAL)]].concat();
    let done = admin.post("/members/new", &all).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let shown = admin.get(done.location()).await;
    assert!(shown.says("wang.xm") && shown.says("财务专员") && shown.says("137****0001") && shown.says("人员已创建"));
    assert_eq!(app.audited("member_created").await, created + 1);
    assert_eq!(app.audited("roles_changed").await, changed + 1);
    let member = app.anonymous();
    assert_eq!(member.sign_in("yunfan/wang.xm", INITIAL).await.status, 303);
    assert_eq!(member.get("/").await.location(), "/change-password", "the initial password is changed first");
}

#[tokio::test]
async fn what_is_wrong_is_said_beside_its_field_and_nothing_is_written() {
    let app = App::new().await;
    app.tally().await;
    let admin = app.sign_in("yunfan/admin").await;
    let lin = app.member("yunfan/lin").await.to_string();
    let chen = app.member("yunfan/chen").await.to_string();
    let wrong: &[(&str, &[(&str, &str)])] = &[
        ("账号名为 5–32 位", &[("account", "wang"), ("roles", "finance")]),
        ("不能以 op_", &[("account", "op_wang"), ("roles", "finance")]),
        ("请填写中国大陆手机号码", &[("phone", "010-88886666"), ("roles", "finance")]),
        ("请至少选择一条", &[]),
        (
            "最多选择 3 个角色",
            &[
                ("roles", "finance"),
                ("roles", "architect"),
                ("roles", "lead_operator"),
                ("roles", "manager"),
                ("supervisor", &lin),
            ],
        ),
        ("管理员角色不能与其他角色", &[("roles", "admin"), ("roles", "finance")]),
        ("不能同时选择", &[("roles", "manager"), ("roles", "supervisor")]),
        ("没有这个选项", &[("roles", "merchant_admin")]),
        ("没有这个选项", &[("roles", "king")]),
        ("请填写此项", &[("roles", "manager")]),
        ("请选择一位正常状态的客户经理主管", &[("roles", "manager"), ("supervisor", &chen)]),
        ("密码至少 8 位", &[("roles", "finance"), ("password", "weak")]),
        ("密码至少 8 位", &[("roles", "finance"), ("password", "wang.xm1"), ("account", "wang.xm1")]),
    ];
    let before = app.writes().await;
    for (said, fields) in wrong {
        let answer = create(&admin, "wang.xm", 1, fields).await;
        assert_eq!(answer.status, 422, "{fields:?}");
        assert!(answer.says(said), "{fields:?} is not answered by {said}");
        assert!(answer.says("value=\"wang.xm") || fields.iter().any(|(name, _)| *name == "account"));
    }
    let all_at_once =
        [("roles", "manager"), ("password", "weak"), ("account", "chen-1"), ("email", "chen@yunfan.example")];
    let answer = create(&admin, "wang.xm", 1, &all_at_once).await;
    for said in ["请填写此项", "密码至少 8 位"] {
        assert!(answer.status == 422 && answer.says(said), "{said} is not said together with the rest");
    }
    assert_eq!(app.writes_since(&before).await, only_audit(0));
    let over = create(&admin, "wang.xm", 1, &[("roles", "finance"), ("version", "7"), ("tenant_id", "x")]).await;
    assert_eq!(over.status, 400, "a field that no form has");
}

#[tokio::test]
async fn an_account_a_phone_and_an_email_are_one_members_alone() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    assert_eq!(create(&admin, "wang.xm", 1, &[("roles", "finance")]).await.status, 303);
    for (what, account, number, more) in [
        ("the account in another case", "WANG.XM", 2, ("email", "other@example.com")),
        ("the phone", "li.ming", 1, ("name", "李明")),
        ("the e-mail in another case", "li.ming", 3, ("email", "Wang.XM@Example.com")),
    ] {
        let answer = create(&admin, account, number, &[("roles", "finance"), more]).await;
        assert_eq!(answer.status, 422, "{what}");
        assert!(answer.says("已被使用"), "{what}");
    }
    // Editing runs into the same.
    let chen = page(&app, "yunfan/chen", "edit").await;
    let taken = admin.post(&chen, &[("name", "陈志远"), ("phone", "13700000001")]).await;
    assert_eq!((taken.status, taken.says("已被使用")), (422, true));
    // Another tenant's members are no obstacle.
    let other = app.sign_in("qingshan/admin").await;
    assert_eq!(create(&other, "wang.xm", 1, &[("roles", "finance")]).await.status, 303);
}

#[tokio::test]
async fn one_form_sent_twice_creates_one_member() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let once = uuid::Uuid::new_v4().to_string();
    let first = create(&admin, "wang.xm", 1, &[("roles", "finance"), ("once", &once)]).await;
    let second = create(&admin, "wang.xm", 1, &[("roles", "finance"), ("once", &once)]).await;
    assert_eq!((first.status, second.status), (303, 303));
    assert_eq!(first.location(), second.location());
    assert_eq!(app.number("SELECT COUNT(*) FROM members WHERE account = 'wang.xm'", []).await, 1);
}

#[tokio::test]
async fn editing_changes_what_was_typed_and_keeps_the_rest() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let chen = app.sign_in("yunfan/chen").await;
    let edit = page(&app, "yunfan/chen", "edit").await;
    let shown = admin.get(&page(&app, "yunfan/chen", "").await).await.text();
    let masked = shown.split("data-column=\"email\"").nth(1).unwrap().chars().take(200).collect::<String>();
    let answer = admin.fill(&edit, &[("name", "陈志明"), ("phone", "13700000009"), ("email", "")]).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let after = admin.get(answer.location()).await;
    assert!(after.says("陈志明") && after.says("137****0009"));
    assert!(after.says("ch****@yunfan.example") || masked.contains("****"));
    assert!(is_in(&chen).await, "whoever is edited stays signed in");
    let detail = "SELECT detail FROM audit_events WHERE code = 'member_edited' ORDER BY number DESC";
    let detail: String = app.rows(detail, []).await[0].try_get_by_index(0).unwrap();
    assert!(detail.contains("[\"name\",\"phone\"]") && !detail.contains("137"), "{detail}");
    // Nothing changed, nothing recorded.
    let before = app.audited("member_edited").await;
    assert_eq!(admin.fill(&edit, &[("name", "陈志明"), ("phone", "13700000009")]).await.status, 303);
    assert_eq!(app.audited("member_edited").await, before);
}

#[tokio::test]
async fn other_roles_a_reset_and_being_disabled_end_the_sessions_on_every_server() {
    let app = App::new().await;
    let second = app.second_server().await;
    let admin = app.sign_in("yunfan/admin").await;
    for (step, fields) in [
        ("roles", vec![("roles", "finance"), ("roles", "architect")]),
        ("reset-password", vec![("password", INITIAL)]),
        ("disable", vec![]),
    ] {
        let password = if step == "disable" { INITIAL } else { server::seed::PASSWORD };
        let (here, there) = (app.anonymous(), app.anonymous().at(&second));
        for client in [&here, &there] {
            assert_eq!(client.sign_in("yunfan/wu", password).await.status, 303, "{step}");
        }
        let address = page(&app, "yunfan/wu", step).await;
        assert_eq!(admin.fill(&address, &fields).await.status, 303, "{step}");
        for client in [&here, &there, &here.at(&second)] {
            let answer = client.get("/change-password").await;
            assert!(answer.location().starts_with("/sign-in"), "{step}: a session lives on");
        }
    }
    let wu = app.member("yunfan/wu").await;
    assert_eq!(roles(&app, wu).await, ["architect", "finance"]);
    assert_eq!(app.anonymous().sign_in("yunfan/wu", INITIAL).await.status, 422, "a disabled member signs in");
    let enable = page(&app, "yunfan/wu", "enable").await;
    assert_eq!(admin.fill(&enable, &[]).await.status, 303);
    assert_eq!(app.anonymous().sign_in("yunfan/wu", INITIAL).await.status, 303);
    for code in ["member_disabled", "member_enabled", "password_reset"] {
        assert!(app.audited(code).await >= 1, "{code}");
    }
    let detail = "SELECT detail FROM audit_events WHERE code = 'roles_changed' ORDER BY number DESC";
    let detail: String = app.rows(detail, []).await[0].try_get_by_index(0).unwrap();
    assert!(detail.contains("\"before\":[\"lead_operator\"]"), "{detail}");
    assert!(detail.contains("\"after\":[\"finance\",\"architect\"]"), "{detail}");
}

#[tokio::test]
async fn a_reset_password_is_changed_before_anything_else() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let reset = page(&app, "yunfan/qian", "reset-password").await;
    let form = admin.get(&reset).await.text();
    let proposed = form.split("name=\"password\"").nth(1).unwrap().split("value=\"").nth(1).unwrap();
    let proposed = proposed.split('"').next().unwrap().to_owned();
    assert_eq!(proposed.len(), 14);
    let done = admin.fill(&reset, &[("password", &proposed)]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert!(!admin.get(done.location()).await.says(&proposed), "shown once");
    let qian = app.anonymous();
    assert_eq!(qian.sign_in("yunfan/qian", &proposed).await.status, 303);
    assert_eq!(qian.get("/profile").await.location(), "/change-password");
    let chosen = [("old", proposed.as_str()), ("new", "Mine-2026-pc"), ("again", "Mine-2026-pc")];
    assert_eq!(qian.fill("/change-password", &chosen).await.status, 303);
    assert!(is_in(&qian).await);
    for row in app.rows("SELECT data FROM sessions", []).await {
        assert!(!row.try_get_by_index::<String>(0).unwrap().contains(&proposed));
    }
}

#[tokio::test]
async fn a_supervisor_who_gives_the_role_up_leaves_its_team_to_be_reassigned() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    assert_eq!(supervisor(&app, "yunfan/chen").await.as_deref(), Some("lin"));
    let lin = page(&app, "yunfan/lin", "roles").await;
    assert!(admin.get(&lin).await.says("取消客户经理主管角色后"), "one is told before");
    let answer = admin.fill(&lin, &[("roles", "finance")]).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert!(admin.get(answer.location()).await.says("请在人员列表中筛选"), "and after");
    for who in ["yunfan/chen", "yunfan/zhao"] {
        assert_eq!(supervisor(&app, who).await, None, "{who}");
    }
    let list = admin.get("/members?state=unassigned&size=100").await;
    assert!(list.says(">chen<") && list.says(">zhao<") && list.says("待重新指定") && !list.says(">wu<"));
    // One of them may keep its other roles while it waits, and gets another supervisor.
    let luo = app.member("yunfan/luo.jia").await.to_string();
    let chen_roles = page(&app, "yunfan/chen", "roles").await;
    let keeps = [("roles", "manager"), ("roles", "finance"), ("supervisor", "")];
    assert_eq!(admin.fill(&chen_roles, &keeps).await.status, 303);
    let reassign = "该客户经理的主管已不再担任主管，请重新指定主管";
    let (own, luos) = (page(&app, "yunfan/chen", "").await, page(&app, "yunfan/luo.jia", "").await);
    assert!(admin.get(&own).await.says(reassign) && !admin.get(&luos).await.says("(chen)"));
    let chen = page(&app, "yunfan/chen", "supervisor").await;
    assert!(!admin.get(&chen).await.says("(lin)"), "one who is none any more is not offered");
    assert_eq!(admin.fill(&chen, &[("supervisor", &luo)]).await.status, 303);
    assert_eq!(supervisor(&app, "yunfan/chen").await.as_deref(), Some("luo.jia"));
    let team = admin.get(&luos).await;
    assert!(!admin.get(&own).await.says(reassign) && team.says("名下客户经理") && team.says("(chen)"));
    // Whoever has one again cannot do without any more, and whoever is none any more has none.
    let answer = admin.fill(&chen_roles, &[("roles", "manager"), ("supervisor", "")]).await;
    assert_eq!((answer.status, answer.says("请填写此项")), (422, true));
    assert_eq!(admin.fill(&chen_roles, &[("roles", "finance"), ("supervisor", &luo)]).await.status, 303);
    assert_eq!(supervisor(&app, "yunfan/chen").await, None);
    let wu = page(&app, "yunfan/wu", "supervisor").await;
    assert_eq!(admin.get(&wu).await.status, 409, "only account managers have one");
}

#[tokio::test]
async fn a_supervisor_who_is_disabled_leaves_its_team_to_be_reassigned() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let before = app.audited("supervisor_set").await;
    let team = "SELECT COUNT(*) FROM members WHERE supervisor_id = ?";
    let team = app.number(team, [app.member("yunfan/lin").await.into()]).await;
    let dialog = page(&app, "yunfan/lin", "disable").await;
    let question = admin.get(&dialog).await;
    assert!(
        question.says("需要逐一重新指定") && question.says("(chen)") && question.says("(zhao)"),
        "one is told before"
    );
    let answer = admin.fill(&dialog, &[]).await;
    assert!(answer.status == 303 && admin.get(answer.location()).await.says("请在人员列表中筛选"), "and after");
    for who in ["yunfan/chen", "yunfan/zhao"] {
        assert_eq!(supervisor(&app, who).await, None, "{who}");
    }
    assert_eq!(app.audited("supervisor_set").await, before + team);
    let list = admin.get("/members?state=unassigned&size=100").await;
    assert!(list.says(">chen<") && list.says(">zhao<"));
    // Whoever has no team leaves nobody alone.
    let wu = page(&app, "yunfan/wu", "disable").await;
    assert!(!admin.get(&wu).await.says("需要逐一重新指定"));
    let answer = admin.fill(&wu, &[]).await;
    assert!(answer.status == 303 && admin.get(answer.location()).await.says("成员已停用"));
}

#[tokio::test]
async fn nobody_changes_its_own_roles_disables_itself_or_resets_its_own_password() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    for (step, fields) in
        [("roles", vec![("roles", "finance")]), ("disable", vec![]), ("reset-password", vec![("password", INITIAL)])]
    {
        let address = page(&app, "yunfan/admin", step).await;
        assert_eq!(admin.get(&address).await.status, 409, "{step}");
        let answer = admin.post(&address, &fields).await;
        assert_eq!((answer.status, answer.says("不能对自己进行此操作")), (409, true), "{step}");
    }
    let own = admin.get(&page(&app, "yunfan/admin", "").await).await;
    assert!(own.says("不能对自己进行此操作"), "the page says so before one tries");
    assert!(is_in(&admin).await);
    assert_eq!(roles(&app, app.member("yunfan/admin").await).await, ["admin"]);
}

#[tokio::test]
async fn what_has_changed_since_it_was_seen_is_shown_again() {
    let app = App::new().await;
    let (one, other) = (app.sign_in("yunfan/admin").await, app.sign_in("yunfan/admin").await);
    let edit = page(&app, "yunfan/wu", "edit").await;
    let late = other.filled(&edit, &[("name", "吴海涛")]).await;
    assert_eq!(one.fill(&edit, &[("name", "吴海波二")]).await.status, 303);
    let answer = other.send(other.form(&edit, late)).await;
    assert_eq!(answer.status, 409);
    assert!(answer.says("吴海涛"), "what was typed is kept");
    assert_eq!(app.number("SELECT COUNT(*) FROM members WHERE name = '吴海波二'", []).await, 1);
}

#[tokio::test]
async fn the_list_is_searched_filtered_and_paged_by_its_address() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let accounts = |page: &crate::support::Answer| {
        let text = page.text();
        let links =
            text.split("href=\"/members/").skip(1).filter(|link| !link.split('"').next().unwrap().contains('/'));
        let named = links.filter_map(|link| link.split("<bdi>").nth(1)?.split('<').next().map(str::to_owned));
        named.filter(|name| name != "new").collect::<Vec<_>>()
    };
    let listed = async |query: &str| accounts(&admin.get(&format!("/members?size=100{query}")).await);
    assert_eq!(listed("&account=CH").await, ["chen"]);
    assert_eq!(listed("&account=%25").await, Vec::<String>::new(), "no wildcard");
    assert_eq!(listed("&account=%00").await, Vec::<String>::new());
    assert_eq!(listed("&name=%E9%9B%A8").await, ["zhao"], "a part of the name");
    assert_eq!(listed("&name=zyt").await, ["zhao"], "its initials");
    assert_eq!(listed("&state=unassigned").await, ["tan.yue"]);
    assert_eq!(listed("&state=disabled").await.len(), 2);
    assert_eq!(listed("&role=supervisor").await, ["lin", "luo.jia"]);
    let all = listed("").await;
    assert_eq!(
        all.len() as i64,
        app.number("SELECT COUNT(*) FROM members m JOIN tenants t ON t.id = m.tenant_id WHERE t.name = 'yunfan'", [],)
            .await
    );
    let mut paged = Vec::new();
    for number in 1..=2 {
        paged.extend(accounts(&admin.get(&format!("/members?size=10&page={number}")).await));
    }
    assert_eq!(paged, all);
    for bad in ["state=asleep", "role=king", "page=0", "size=7", "after=1-1"] {
        assert_eq!(admin.get(&format!("/members?{bad}")).await.status, 400, "{bad}");
    }
    assert!(new_member("wang.xm", 1).len() > 3);
}
