/** Hostile texts that the injection tests send to the action, keyed by a description. */

export const CORPUS: Readonly<Record<string, string>> = {
  'commands on lines of their own':
    'no\n::set-output name=outcome::enabled\n::add-mask::a\r::error title=x::y\r\n::stop-commands::end\n##[group]x\n',
  'commands after encoded line endings': 'no%0A::set-output name=a::b%0D%0A::add-mask::a%250A::debug::b%0D::warning::c',
  'a command at the start': '::add-mask::orders',
  'a command after white space of all kinds': ' \t\u00a0\u2003\u3000\ufeff::stop-commands::x',
  'commands in the old format': '##[group]a ###[error]b ##[add-mask]orders\n##[set-output name=outcome]enabled',
  'commands that appear when invisible characters are removed':
    ':\u200b:error::x #\u200b#[error]x #\u0000#[group]\u202e#\u2066#[debug]',
  'other line endings, control characters and terminal escape sequences':
    'a\u2028::error::b\u2029::error::c\u0085::error::d\v::error::e\f::error::f\0::error::g\u0001\u001a\u007f\u009f' +
    '\u001b[2J\u001b[31mred\u001b]8;;https://example.org\u0007link\u001b]8;;\u0007\u009b2K\b\b\b',
  'right-to-left text, invisible characters and unpaired surrogates':
    'abc\u202efed\ufff9x\ufffa\u2066ghi\u2069\u200fjkl\u061c or\u200bd\u200ce\u200dr\u2060s\ufeff\u00ad\u{e0041}\u3164\ufe0f\u034f\u115f a\ud800b\udc00c\udbff',
  'a link to a script, tags, and quotes that close an attribute':
    'javascript:alert(1) [x](javascript:alert(1)) </code></a></td></tr></table></li></ul></p><script>alert(1)</script><img src=x onerror=alert(1)>' +
    ` " onmouseover="alert(1)" x='' onclick='alert(1)' \`x\` /> <a href="javascript:alert(1)">x</a>`,
  'Markdown after empty lines':
    '# Heading\n\n# Heading\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n* list\n\n    indented\n\n```sh\nfenced\n```\n\n![x](x) **x**\n\n',
  'mentions, references, comments and entities':
    '@octo-org/team @octocat #1 GH-1 OPS-7 sha=ffac537e6cbb www.x.org https://example.org :tada: $x$ <!-- a --> --> <![CDATA[ x ]]> &lt;b&gt; &amp;lt; &#60;i&#62; &NewLine;&colon;:',
  'delimiters of the output file':
    'EOF\nghadelimiter_00000000-0000-4000-8000-000000000000\noutcome=enabled\noutcome<<EOF\nenabled\nEOF\n',
  'a very long line': 'long<'.repeat(100_000),
  'many lines': 'x\n'.repeat(100_000),
  'the name of an inherited property': 'constructor',
  'the name of the prototype': '__proto__'
};
