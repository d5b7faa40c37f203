package law

// The instruments that the library cites. The constant's name is the standard
// English name and the year of the text; the value is frozen and is what is
// stored. What each is called, when it was in force and how well its text is
// known stands in instruments.tsv and is read with Instrument.Info.
const (
	// 政府信息公开
	GovInfoRegulation2019      Instrument = "gov-info-regulation-2019"
	GovInfoRegulation2008      Instrument = "gov-info-regulation-2008"
	AnnualReportFormat2021     Instrument = "annual-report-format-2021"
	AnnualReportFormat2019     Instrument = "annual-report-format-2019"
	FeeMeasures2020            Instrument = "fee-measures-2020"
	TimeLimitsInterpretation   Instrument = "time-limits-interpretation-2015"
	ServiceInterpretation      Instrument = "service-interpretation-2016"
	OpenGovOpinions2016        Instrument = "open-gov-opinions-2016"
	OpenGovRules2016           Instrument = "open-gov-rules-2016"
	OpenGovKeyPoints2016       Instrument = "open-gov-key-points-2016"
	OpinionResponseNotice2016  Instrument = "opinion-response-notice-2016"
	SPCGovInfo2025             Instrument = "spc-gov-info-2025"
	SPCGovInfo2011             Instrument = "spc-gov-info-2011"
	MajorProjectsOpinions2017  Instrument = "major-projects-opinions-2017"
	ResourceAllocationOpinions Instrument = "resource-allocation-opinions-2017"

	// 期间
	CivilCode             Instrument = "civil-code"
	CivilProcedureLaw2023 Instrument = "civil-procedure-law-2023"
	HolidayRegulation2024 Instrument = "holiday-regulation-2024"
	HolidayRegulation2013 Instrument = "holiday-regulation-2013"
	HolidayRegulation2007 Instrument = "holiday-regulation-2007"
	HolidayRegulation1999 Instrument = "holiday-regulation-1999"

	// 行政程序
	AdministrativePenaltyLaw2021         Instrument = "administrative-penalty-law-2021"
	AdministrativeLicensingLaw2019       Instrument = "administrative-licensing-law-2019"
	AdministrativeCompulsionLaw2011      Instrument = "administrative-compulsion-law-2011"
	AdministrativeReconsiderationLaw2023 Instrument = "administrative-reconsideration-law-2023"
	AdministrativeLitigationLaw2017      Instrument = "administrative-litigation-law-2017"
	PetitionRegulation2022               Instrument = "petition-regulation-2022"

	// 保密
	StateSecretsLaw2024        Instrument = "state-secrets-law-2024"
	StateSecretsRegulation2024 Instrument = "state-secrets-regulation-2024"
	SecretMarkRules1990        Instrument = "secret-mark-rules-1990"
	ClassificationRules2014    Instrument = "classification-rules-2014"
	WorkSecretMeasures         Instrument = "work-secret-measures"
	PersonalInfoLaw2021        Instrument = "personal-info-law-2021"

	// 决策、立法、规范性文件、公文
	MajorDecisionsRegulation2019          Instrument = "major-decisions-regulation-2019"
	LegislationLaw2023                    Instrument = "legislation-law-2023"
	AdministrativeRegulationProcedure2017 Instrument = "administrative-regulation-procedure-2017"
	RuleProcedure2017                     Instrument = "rule-procedure-2017"
	FilingReviewRegulation2024            Instrument = "filing-review-regulation-2024"
	NormativeReviewOpinions2018           Instrument = "normative-review-opinions-2018"
	DocumentRegulation2012                Instrument = "document-regulation-2012"
	DocumentFormat2012                    Instrument = "document-format-2012"
	DocumentFormat1999                    Instrument = "document-format-1999"

	// 执法公示、信用、企业信息
	EnforcementPublicity2018       Instrument = "enforcement-publicity-2018"
	BigDataSupervisionOpinions2015 Instrument = "big-data-supervision-opinions-2015"
	JointIncentiveOpinions2016     Instrument = "joint-incentive-opinions-2016"
	CreditSupervisionOpinions2019  Instrument = "credit-supervision-opinions-2019"
	SAMRPenaltyPublicity2021       Instrument = "samr-penalty-publicity-2021"
	EnterprisePublicity2024        Instrument = "enterprise-publicity-2024"
	EnterprisePublicity2014        Instrument = "enterprise-publicity-2014"

	// 招标、采购、预算
	BiddingLaw2017                Instrument = "bidding-law-2017"
	BiddingRegulation2019         Instrument = "bidding-regulation-2019"
	ProcurementLaw2014            Instrument = "procurement-law-2014"
	ProcurementRegulation2015     Instrument = "procurement-regulation-2015"
	ProcurementTenderMeasures2017 Instrument = "procurement-tender-measures-2017"
	ProcurementIntentionNotice    Instrument = "procurement-intention-notice-2020"
	BudgetLaw2018                 Instrument = "budget-law-2018"
	BudgetRegulation2020          Instrument = "budget-regulation-2020"

	// 人事公示
	CadreRegulation2019        Instrument = "cadre-regulation-2019"
	CadreRegulation2014        Instrument = "cadre-regulation-2014"
	CivilServantLaw2018        Instrument = "civil-servant-law-2018"
	CivilServantRecruitment    Instrument = "civil-servant-recruitment-2019"
	InstitutionRecruitment2005 Instrument = "institution-recruitment-2005"
	InstitutionPersonnel2014   Instrument = "institution-personnel-2014"
	PartyMemberRules2014       Instrument = "party-member-rules-2014"

	// 土地、环境、村务
	HousingExpropriation2011 Instrument = "housing-expropriation-2011"
	LandRegulation2021       Instrument = "land-regulation-2021"
	EIAParticipation2018     Instrument = "eia-participation-2018"
	EIALaw2018               Instrument = "eia-law-2018"
	EcoCode2026              Instrument = "eco-code-2026"
	VillagersCommittee2025   Instrument = "villagers-committee-2025"
	VillagersCommittee2018   Instrument = "villagers-committee-2018"

	// 号码、寄递
	IdentityNumber1999   Instrument = "identity-number-1999"
	CreditCode2015       Instrument = "credit-code-2015"
	OrganizationCode1997 Instrument = "organization-code-1997"
	IdentityCardLaw2011  Instrument = "identity-card-law-2011"
	PostalLaw2015        Instrument = "postal-law-2015"
)
