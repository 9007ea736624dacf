//! What files are taken, what is reported, and what becomes a lead.

use rust_xlsxwriter::Workbook;

use super::support::{HEADINGS, good_rows, leads, taken, upload, work};
use crate::support::App;

const SAMPLE: &[u8] = include_bytes!("../../../../public/leads-sample.csv");

#[tokio::test]
async fn the_sample_file_is_imported_whole_once_confirmed() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let before = leads(&app).await;
    let import = taken(&admin, SAMPLE).await;
    assert!(admin.get(&import).await.says("校验中"));
    work(&app).await;
    let report = admin.get(&import).await;
    assert!(report.says("待确认") && report.says("1,000"), "{}", report.text());
    assert_eq!(leads(&app).await, before, "nothing is written before somebody confirms");

    assert_eq!(admin.post(&format!("{import}/confirm"), &[]).await.status, 303);
    work(&app).await;
    assert!(admin.get(&import).await.says("已完成"));
    assert_eq!(leads(&app).await, before + 1000);
    assert_eq!(app.number("SELECT COUNT(*) FROM import_parts", []).await, 0, "the file is forgotten");
    assert_eq!(app.number("SELECT COUNT(*) FROM lead_entries WHERE kind = 'imported'", []).await, 1000);
}

#[tokio::test]
async fn the_same_file_again_has_nothing_new() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let first = taken(&admin, SAMPLE).await;
    work(&app).await;
    admin.post(&format!("{first}/confirm"), &[]).await;
    work(&app).await;
    let before = leads(&app).await;
    let second = taken(&admin, SAMPLE).await;
    work(&app).await;
    let report = admin.get(&second).await;
    assert!(report.says("没有可导入的行") && report.says("已有公司和联系方式相同的未关闭线索"), "{}", report.text());
    assert_eq!(admin.post(&format!("{second}/confirm"), &[]).await.status, 303);
    work(&app).await;
    assert_eq!(leads(&app).await, before);
}

#[tokio::test]
async fn bad_rows_are_named_by_line_and_reason_and_stay_out() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let file = format!(
        "{HEADINGS}上海云海科技有限公司,张三,13911112222,\r\n\
         上海云海科技有限公司,李四,13911112222,\r\n\
         北京无联系方式有限公司,王五,,\r\n\
         =cmd(),赵六,12,\r\n\
         短,,13911113333,x\r\n"
    );
    let before = leads(&app).await;
    let import = taken(&admin, file.as_bytes()).await;
    work(&app).await;
    let report = admin.get(&import).await;
    for reason in ["电话：与文件中前面的行重复", "电话：电话和邮箱至少填写一项", "电话：格式不正确", "公司名称：太短"]
    {
        assert!(report.says(reason), "{reason}: {}", report.text());
    }
    for clear in ["13911112222", "13911113333", "云海科技"] {
        assert!(!report.says(clear), "{clear}");
    }
    let failures = admin.get(&format!("{import}/failures")).await;
    assert_eq!((failures.status, failures.header("content-type")), (200, "text/csv; charset=utf-8"));
    let text = failures.text();
    assert!(text.starts_with('\u{feff}') && text.lines().count() == 5, "{text}");
    let mut rows = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    for row in rows.records() {
        for cell in row.unwrap().iter() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
            assert!(!cell.contains("13911"), "{cell}");
        }
    }
    admin.post(&format!("{import}/confirm"), &[]).await;
    work(&app).await;
    assert_eq!(leads(&app).await, before + 1);
}

#[tokio::test]
async fn a_file_as_excel_saves_it_in_china_is_understood() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let (bytes, ..) =
        encoding_rs::GB18030.encode("公司名称,客户名称,电话\r\n上海云海科技有限公司,张三,13911112222\r\n");
    let import = taken(&admin, &bytes).await;
    work(&app).await;
    assert!(admin.get(&import).await.says("确认导入 (1)"));
}

#[tokio::test]
async fn a_workbook_is_understood_with_its_numbers_and_gaps() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in ["电话", "备注", "公司名称", "客户名称"].into_iter().enumerate() {
        sheet.write(0, column as u16, heading).unwrap();
    }
    sheet.write(2, 0, 13_911_112_222_f64).unwrap();
    sheet.write(2, 2, "上海云海科技有限公司").unwrap();
    sheet.write(2, 3, "张三").unwrap();
    let import = taken(&admin, &book.save_to_buffer().unwrap()).await;
    work(&app).await;
    assert!(admin.get(&import).await.says("确认导入 (1)"));
    admin.post(&format!("{import}/confirm"), &[]).await;
    work(&app).await;
    assert!(admin.get("/leads?company=%E4%BA%91%E6%B5%B7").await.says("上海****科技有限公司"));
}

#[tokio::test]
async fn what_is_no_table_of_leads_is_refused_and_says_so() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    for bytes in [&b""[..], b"\x7fELF\0\0\0\0"] {
        let answer = upload(&admin, "leads.csv", bytes).await;
        assert_eq!(answer.status, 422, "{}", answer.text());
    }
    for bytes in [&b"a,b,c\r\n1,2,3\r\n"[..], b"PK\x03\x04 not a workbook"] {
        let import = taken(&admin, bytes).await;
        work(&app).await;
        let page = admin.get(&import).await;
        assert!(page.says("失败") && page.says("并使用模板的表头"), "{}", page.text());
    }
}

#[tokio::test]
async fn a_file_name_names_nothing_and_cannot_do_anything() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    for name in ["../../etc/passwd", "<svg onload=alert(1)>.csv", "\u{202e}vsc.exe"] {
        let answer = upload(&admin, name, good_rows(1).as_bytes()).await;
        assert_eq!(answer.status, 303, "{name}");
    }
    let list = admin.get("/leads/import").await;
    assert!(!list.says("<svg onload") && !list.says("\u{202e}"), "{}", list.text());
}

#[tokio::test]
async fn only_those_who_may_import_see_imports_and_only_their_own_tenants() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let import = taken(&admin, good_rows(1).as_bytes()).await;
    work(&app).await;
    let wu = app.sign_in("yunfan/wu").await;
    let stranger = app.sign_in("xinghe/admin").await;
    for path in [import.clone(), format!("{import}/failures")] {
        assert_eq!(admin.get(&path).await.status, 200, "{path}");
        assert_eq!(wu.get(&path).await.status, 403, "{path}");
        assert_eq!(stranger.get(&path).await.status, 404, "{path}");
    }
    for act in ["confirm", "cancel"] {
        assert_eq!(wu.post(&format!("{import}/{act}"), &[]).await.status, 403);
        assert_eq!(stranger.post(&format!("{import}/{act}"), &[]).await.status, 404);
    }
    assert_eq!(upload(&wu, "leads.csv", good_rows(1).as_bytes()).await.status, 403);
    assert!(admin.get(&import).await.says("待确认"));
}

#[tokio::test]
async fn a_file_that_guesses_the_numbers_of_a_company_gets_few_answers() {
    let app = App::new().await;
    let (admin, wu) = (app.sign_in("yunfan/admin").await, app.sign_in("yunfan/wu").await);
    wu.enter("上海被猜有限公司", "13955550077", &[("email", "li@beicai.example")]).await;
    let guesses =
        (0..200).map(|number| format!("上海被猜有限公司,王小{number},1395555{number:04},li@beicai.example\r\n"));
    let import = taken(&admin, format!("{HEADINGS}{}", guesses.collect::<String>()).as_bytes()).await;
    work(&app).await;
    let bad = "SELECT problems FROM import_problems ORDER BY line";
    let problems: Vec<String> = app.rows(bad, []).await.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
    assert!(admin.get(&import).await.says("没有可导入的行"));
    assert!(problems.iter().take(1).all(|problem| problem == "company:duplicate"), "{:?}", problems.first());
    assert!(problems.iter().skip(50).all(|problem| problem.starts_with("company:too_many_contacts")));
    assert!(!problems.iter().any(|problem| problem.contains("phone:duplicate,") || problem == "phone:duplicate"));
}

#[tokio::test]
async fn files_are_checked_so_many_times_an_hour() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    for number in 0..30 {
        assert_eq!(upload(&admin, "leads.csv", good_rows(1).as_bytes()).await.status, 303, "{number}");
    }
    let refused = upload(&admin, "leads.csv", good_rows(1).as_bytes()).await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, "3600"));
    app.clock.advance(3_601);
    assert_eq!(upload(&admin, "leads.csv", good_rows(1).as_bytes()).await.status, 303);
}
