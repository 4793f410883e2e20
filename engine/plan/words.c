/* Countries: ISO 3166-1; parts of the United States and of Canada: ISO 3166-2. A part is also its country, and a member
 * of the European Union is also the EU. */
#include "plan/words.h"

#include <stddef.h>

const mu_word_row mu_word_rows[] = {
    {"jurisdictions", "EU", "the European Union; its members are also named alone"},
    {"jurisdictions",
     "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN "
     "CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM "
     "HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK "
     "ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW "
     "SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI "
     "VN VU WF WS YE YT ZA ZM ZW",
     "a country, by its two letters"},
    {"jurisdictions", "UK", "the United Kingdom, which is also GB"},
    {"jurisdictions",
     "US-AL US-AK US-AZ US-AR US-CA US-CO US-CT US-DE US-DC US-FL US-GA US-HI US-ID US-IL US-IN US-IA US-KS US-KY US-LA US-ME US-MD US-MA US-MI US-MN "
     "US-MS US-MO US-MT US-NE US-NV US-NH US-NJ US-NM US-NY US-NC US-ND US-OH US-OK US-OR US-PA US-RI US-SC US-SD US-TN US-TX US-UT US-VT US-VA US-WA "
     "US-WV US-WI US-WY",
     "a state of the United States"},
    {"jurisdictions", "CA-AB CA-BC CA-MB CA-NB CA-NL CA-NS CA-NT CA-NU CA-ON CA-PE CA-QC CA-SK CA-YT", "a province or territory of Canada"},

    {"sectors", "credit_institution", "a bank"},
    {"sectors", "credit_union", "a credit union"},
    {"sectors", "payment_institution", "licensed to move money for others in the EU"},
    {"sectors", "account_information_service e_money_institution", "other payment services of the EU"},
    {"sectors", "money_transmitter check_casher", "licensed to move or pay out money in the United States"},
    {"sectors", "consumer_lender mortgage_broker tax_preparer", "lends to consumers, brokers mortgages, prepares tax returns"},
    {"sectors", "virtual_currency_business crypto_asset_service", "a business with crypto-assets"},
    {"sectors", "investment_firm investment_adviser investment_fund fund_manager broker_dealer transfer_agent", "invests, advises, or keeps the books of investors"},
    {"sectors", "trading_venue central_counterparty central_securities_depository trade_repository", "a market, or what a market stands on"},
    {"sectors", "credit_rating_agency crowdfunding_service", "rates credit, runs crowdfunding"},
    {"sectors", "insurer insurance_intermediary pension_fund", "insures, sells insurance, pays pensions"},
    {"sectors", "bank_service_provider", "does a bank's work for it under contract"},
    {"sectors", "listed_company", "its shares are registered with the supervisor of a stock market"},
    {"sectors", "healthcare_provider health_plan healthcare_clearinghouse", "treats people, pays for it, passes its bills on"},
    {"sectors", "business_associate", "handles health data for one of those"},
    {"sectors", "federal_cloud", "cloud services for the federal government of the United States"},
    {"sectors", "federal_agency", "an agency of that government"},
    {"sectors", "law_enforcement_agency", "police and prosecution"},
    {"sectors", "defence_contractor", "works for the armed forces"},
    {"sectors", "public_administration", "any other part of a state, a region or a town"},
    {"sectors", "telecom dns_service tld_registry trust_service", "networks, names and signatures for the public"},
    {"sectors", "essential_entity important_entity", "has been told that it is one under NIS2"},
    {"sectors", "critical_entity", "has been told that it is one under the CER directive"},
    {"sectors", "critical_infrastructure", "has been told so by its country"},
    {"sectors", "product_manufacturer", "sells products with digital elements"},
    {"sectors", "cloud_provider managed_service_provider data_centre software_provider", "runs or makes what others work with"},
    {"sectors", "electricity gas oil water heating", "supplies energy or water"},
    {"sectors", "air rail road shipping post logistics", "carries people and goods"},
    {"sectors", "manufacturing chemicals food pharmaceuticals medical_devices waste space", "makes things, or takes them away"},
    {"sectors", "retail hospitality media education research professional_services charity culture other", "none of these"},

    {"data", "personal_data", "of people, of whatever kind"},
    {"data", "sensitive_personal_data biometric_data children_data", "of people, and protected more"},
    {"data", "health_data", "of people's health"},
    {"data", "card_data", "numbers of payment cards"},
    {"data", "financial_data", "accounts and money of customers"},
    {"data", "credentials", "passwords and keys of others"},
    {"data", "criminal_justice_data", "of the police and the courts"},
    {"data", "controlled_defence_information", "marked so in a contract of defence"},
    {"data", "federal_information", "of the federal government of the United States"},
    {"data", "telecom_customer_data", "who called whom, from where"},
    {"data", "trade_secrets classified_information source_code", "secrets of one's own, of a state, of a program"},
    {NULL, NULL, NULL},
};
