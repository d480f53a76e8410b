"""What a page's first paint waits for."""

from __future__ import annotations

from hooks.render.head import first_things_first, styles_inside, styles_last

PAGE = """<html><head>
  <title>Page</title>
  <link rel="stylesheet" href="../assets/one.css?v=1">
  <script>before()</script>
  <link rel="stylesheet" href="../assets/deep/two.css">
  <link rel="icon" href="../mark.svg">
</head><body><link rel="stylesheet" href="body.css"></body></html>"""


def test_style_sheets_come_last_in_the_head_and_keep_their_order() -> None:
    head, body = styles_last(PAGE).split("</head>")
    assert head.index("before()") < head.index("one.css") < head.index("two.css")
    assert head.index("mark.svg") < head.index("one.css")
    assert "body.css" in body
    assert styles_last(styles_last(PAGE)).split() == styles_last(PAGE).split()


def test_a_page_without_head_stays_as_it_is() -> None:
    assert styles_last("<p>text</p>") == styles_inside("<p>text</p>", str) == "<p>text</p>"


def test_style_sheets_inside_a_page_find_their_files() -> None:
    texts = {
        "assets/one.css": '@charset "UTF-8";a{src:url("fonts/a.woff2")}b{src:url(../c.svg)}\n/*# sourceMappingURL=x */',
        "assets/deep/two.css": "c{mask:url('data:image/svg+xml,x')}d{filter:url(#e)}",
    }
    html = styles_inside(PAGE, texts.__getitem__)
    assert '<link rel="stylesheet"' not in html.split("</head>")[0]
    assert 'a{src:url("../assets/fonts/a.woff2")}b{src:url(../assets/../c.svg)}\n</style>' in html
    assert "c{mask:url('data:image/svg+xml,x')}d{filter:url(#e)}" in html
    assert html.index("a{src") < html.index("before()") < html.index("c{mask")
    assert "charset" not in html and "sourceMappingURL" not in html


def test_what_is_needed_first_comes_before_the_title() -> None:
    page = PAGE.replace("<body>", "<body><p>text</p>\n<div><!--first--><script>now()</script><!--/first--></div>")
    html = first_things_first(page)
    assert html.index("now()") < html.index("<title>")
    assert html.count("now()") == 1 and "<!--first-->" not in html
    assert first_things_first(PAGE) == PAGE
