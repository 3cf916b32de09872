// Questions to begin with: what is asked, in Dutch and English, and with which variables. Both pages show them.
export const EXAMPLES = [
  {
    nl: 'Wie dekt dyslexie in Zaanstad?', en: 'Who covers dyslexia in Zaanstad?',
    query: `query Coverage(
  $municipality: Ref!
  $function: Ref!
  $asOf: Date
  $lang: Language = NL
) {
  coverage(
    municipality: $municipality
    function: $function
    asOf: $asOf
  ) {
    status
    reasons
    changesOn
    explanation(lang: $lang)
    via {
      arrangement { name(lang: $lang) }
      period { startDate endDate }
      steps {
        from { name }
        label(lang: $lang)
        to { name }
      }
    }
    conflicts { id explanation(lang: $lang) }
  }
}`,
    variables: { municipality: 'Zaanstad', function: 'dyslexie', asOf: '2023-06-01' },
  },
  {
    nl: 'En in Aalsmeer?', en: 'And in Aalsmeer?', same: 0,
    variables: { municipality: 'Aalsmeer', function: 'dyslexie', asOf: '2023-06-01' },
  },
  {
    nl: 'Zaanstreek-Waterland voor en na de fusie', en: 'Zaanstreek-Waterland before and after the merger',
    query: `query BeforeAndAfter($region: Ref!) {
  before: region(ref: $region, asOf: "2021-12-31") {
    municipalities { totalCount nodes { name code } }
  }
  after: region(ref: $region, asOf: "2022-01-01") {
    municipalities { totalCount nodes { name code } }
  }
}`,
    variables: { region: 'JZ09' },
  },
  {
    nl: 'Wat eindigt het eerst?', en: 'What ends first?',
    query: `query EndsFirst($asOf: Date, $lang: Language = NL) {
  contracts(asOf: $asOf, orderBy: [{ field: END_DATE }]) {
    nodes {
      name(lang: $lang)
      status
      period { endDate maxExtentDate endKnown }
      buyers { name }
      suppliers { totalCount completeness remark(lang: $lang) }
    }
  }
}`,
    variables: { asOf: '2023-06-07' },
  },
  {
    nl: 'Waar spreken bronnen elkaar tegen?', en: 'Where do sources disagree?',
    query: `query Disagreement($lang: Language = NL) {
  conflicts(status: [OPEN], first: 5) {
    totalCount
    nodes {
      id
      subject { name(lang: $lang) }
      kind
      explanation(lang: $lang)
      claims { source { title } locator { section } }
    }
  }
}`,
    variables: {},
  },
  {
    nl: 'Waar doet Purmerend aan mee?', en: 'What does Purmerend take part in?',
    query: `query Memberships(
  $municipality: Ref!
  $asOf: Date
  $lang: Language = NL
) {
  municipality(ref: $municipality, asOf: $asOf) {
    name
    memberships(first: 20) {
      totalCount
      completeness
      nodes {
        role
        organization { __typename name(lang: $lang) }
        claims { source { title } }
      }
    }
  }
}`,
    variables: { municipality: 'Purmerend', asOf: '2024-01-01' },
  },
]
