//! One stylesheet out of many: imports are put in place and white space is taken out, nothing is rewritten.

use std::path::Path;

use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::printer::PrinterOptions;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions};

use crate::Result;

/// Without target browsers named, nesting, layers and colours stay as they were written.
pub fn bundle(entry: &Path) -> Result<String> {
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let mut sheet = bundler.bundle(entry).map_err(|error| match error.loc {
        Some(place) => format!("{}:{}:{}: {}", place.filename, place.line + 1, place.column, error.kind),
        None => format!("{}: {}", entry.display(), error.kind),
    })?;
    sheet.minify(MinifyOptions::default()).map_err(|error| format!("{}: {error}", entry.display()))?;
    let printed = sheet
        .to_css(PrinterOptions { minify: true, ..PrinterOptions::default() })
        .map_err(|error| format!("{}: {error}", entry.display()))?;
    Ok(printed.code)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::temporary::Temporary;

    #[test]
    fn imports_are_put_in_place_and_the_order_of_layers_is_kept() -> Result<()> {
        let folder = Temporary::folder("css-layers")?;
        let entry = folder.path().join("main.css");
        fs::write(&entry, "@layer base, ui, pages;\n@import 'pages.css' layer(pages);\n@import 'ui.css' layer(ui);\n")?;
        fs::write(folder.path().join("pages.css"), ".lead { gap: 1px }")?;
        fs::write(folder.path().join("ui.css"), ".table { gap: 2px }")?;
        // Moved into their order, which is the same cascade.
        assert_eq!(bundle(&entry)?, "@layer base;@layer ui{.table{gap:2px}}@layer pages{.lead{gap:1px}}");
        Ok(())
    }

    #[test]
    fn modern_css_is_kept_as_it_was_written() -> Result<()> {
        let folder = Temporary::folder("css-modern")?;
        let entry = folder.path().join("main.css");
        fs::write(
            &entry,
            "@view-transition { navigation: auto; }\n\
             .table { color: light-dark(black, oklch(70% 0.1 200)); & td { inset-inline: 0 } }\n\
             @media (prefers-reduced-motion: no-preference) { ::view-transition-old(root) { opacity: 0 } }\n",
        )?;
        let css = bundle(&entry)?;
        assert!(css.contains("light-dark(") && css.contains("oklch(") && css.contains("& td{"), "{css}");
        assert!(css.contains("@view-transition") && css.contains("::view-transition-old(root)"), "{css}");
        Ok(())
    }

    #[test]
    fn a_mistake_is_named_with_its_place() -> Result<()> {
        let folder = Temporary::folder("css-mistake")?;
        let entry = folder.path().join("main.css");
        fs::write(&entry, "a { color: red; }\n} b { }\n")?;
        let error = bundle(&entry).map_err(|error| error.to_string());
        assert!(error.as_ref().is_err_and(|text| text.contains("main.css:2:")), "{error:?}");
        Ok(())
    }
}
