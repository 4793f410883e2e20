/* Made from the table of legal and contractual clocks, as of 2026-11-23. Not legal advice. */
#include "plan/law.h"

#include <string.h>

#include "base/calendar.h"

#define CHECKED "2026-11-23" /* the day all rows were last looked at */

/* Regulation (EEC, Euratom) No 1182/71, art 3(4) and (5): periods in days or months. Its art 3(1) would give an hourly
 * period the rest of the hour in which it begins; nobody should plan on that, so hours run by the clock. */
#define EU_DAYS (MU_END_ON_WORKING_DAY | MU_TWO_WORKING_DAYS)
/* Delegated Regulation (EU) 2025/301, art 5(4); art 5(5) takes it from early reports of some. */
#define DORA_FINAL MU_NOON_OF_WORKING_DAY
#define DORA_EARLY (MU_NOON_OF_WORKING_DAY | MU_NOT_FOR_SYSTEMIC)

const mu_clock_rule mu_clock_rules[] = {
    {"EU-GDPR-33", "EU/EEA", "initial", "awareness", 72, "hours", "lead/competent supervisory authority", "Reg (EU) 2016/679 Art 33(1)", "in_force", "V", 0, CHECKED},
    {"EU-GDPR-33-2", "EU/EEA", "upstream", "awareness", -1, "none", "controller", "Art 33(2)", "in_force", "V", 0, CHECKED},
    {"EU-GDPR-34", "EU/EEA", "individuals", "determination_high_risk", -1, "none", "affected data subjects", "Art 34(1)", "in_force", "V", 0, CHECKED},
    {"EU-GDPR-33-5", "EU/EEA", "record", "awareness", -1, "none", "internal breach register", "Art 33(5)", "in_force", "V", 0, CHECKED},
    {"EU-NIS2-EW", "EU", "early_warning", "awareness", 24, "hours", "CSIRT or competent authority", "Dir (EU) 2022/2555 Art 23(4)(a)", "in_force_national", "S", 0, CHECKED},
    {"EU-NIS2-IN", "EU", "notification", "awareness", 72, "hours", "CSIRT or competent authority", "Art 23(4)(b)", "in_force_national", "S", 0, CHECKED},
    {"EU-NIS2-FR", "EU", "final", "previous_submission", 1, "months", "CSIRT or competent authority", "Art 23(4)(d)-(e)", "in_force_national", "S", EU_DAYS, CHECKED},
    {"EU-NIS2-RCPT", "EU", "customers", "awareness", -1, "none", "recipients of services", "Art 23(1)", "in_force_national", "S", 0, CHECKED},
    {"EU-DORA-IN-A", "EU", "initial", "classification_major", 4, "hours", "competent authority", "Reg (EU) 2022/2554 Art 19(4)(a); DelReg (EU) 2025/301 Art 5(1)(a)", "in_force", "V", DORA_EARLY, CHECKED},
    {"EU-DORA-IN-B", "EU", "initial", "awareness", 24, "hours", "competent authority", "DelReg 2025/301 Art 5(1)(a)", "in_force", "V", DORA_EARLY, CHECKED},
    {"EU-DORA-IM", "EU", "intermediate", "previous_submission", 72, "hours", "competent authority", "DelReg 2025/301 Art 5(1)(b)", "in_force", "V", DORA_EARLY, CHECKED},
    {"EU-DORA-FR", "EU", "final", "previous_submission", 1, "months", "competent authority", "DelReg 2025/301 Art 5(1)(c)", "in_force", "V", DORA_FINAL, CHECKED},
    {"EU-DORA-LATE", "EU", "late_notice", "deadline_of_that_stage", 0, "hours", "competent authority", "DelReg 2025/301 Art 5(3)", "in_force", "V", 0, CHECKED},
    {"EU-DORA-CLIENT", "EU", "customers", "awareness", -1, "none", "clients", "Art 19(3)", "in_force", "V", 0, CHECKED},
    {"EU-CER", "EU", "initial", "awareness", 24, "hours", "competent authority", "Dir (EU) 2022/2557 Art 15(1)", "in_force_national", "V", 0, CHECKED},
    {"EU-CRA-EW", "EU", "early_warning", "awareness", 24, "hours", "CSIRT coordinator + ENISA via single reporting platform", "Reg (EU) 2024/2847 Art 14", "in_force", "S", 0, CHECKED},
    {"EU-CRA-IN", "EU", "notification", "awareness", 72, "hours", "CSIRT coordinator + ENISA", "Art 14", "in_force", "S", 0, CHECKED},
    {"EU-CRA-FR-V", "EU", "final (vulnerability)", "corrective_measure_available", 14, "calendar_days", "CSIRT coordinator + ENISA", "Art 14", "in_force", "S", EU_DAYS, CHECKED},
    {"EU-CRA-FR-I", "EU", "final (incident)", "previous_submission", 1, "months", "CSIRT coordinator + ENISA", "Art 14", "in_force", "S", EU_DAYS, CHECKED},
    {"EU-TELCO", "EU", "initial", "detection", 24, "hours", "national authority", "Reg (EU) 611/2013 Art 2(2)", "in_force", "M", 0, CHECKED},
    {"UK-GDPR-33", "UK", "initial", "awareness", 72, "hours", "ICO", "UK GDPR Art 33", "in_force", "M", 0, CHECKED},
    {"UK-NIS", "UK", "initial", "awareness", 72, "hours", "designated competent authority (ICO for RDSP)", "NIS Regs 2018 regs 11-12", "in_force", "M", 0, CHECKED},
    {"UK-CSRB", "UK", "initial + full", "awareness", 24, "hours", "regulator + NCSC", "Bill (introduced 12 Nov 2025)", "proposed", "S", 0, CHECKED},
    {"CH-ISA", "Switzerland", "initial", "discovery", 24, "hours", "NCSC (BACS)", "ISA as amended, in force 2025-04-01", "in_force", "S", 0, CHECKED},
    {"CH-FADP", "Switzerland", "initial", "awareness", -1, "none", "FDPIC", "FADP Art 24(1)", "in_force", "V", 0, CHECKED},
    {"CH-FINMA", "Switzerland", "initial", "detection", 24, "hours", "FINMA", "FINMASA Art 29(2); Guidance 05/2020", "in_force", "M", 0, CHECKED},
    {"US-SEC-105", "US", "public_disclosure", "materiality_determination", 4, "business_days", "SEC (EDGAR, public)", "Form 8-K Item 1.05; Rel. 33-11216", "in_force", "S", 0, CHECKED},
    {"US-SEC-105A", "US", "amendment", "information_available", 4, "business_days", "SEC", "Form 8-K Item 1.05 Instruction 2", "in_force", "S", 0, CHECKED},
    {"US-REGSP-CUST", "US", "individuals", "awareness", 30, "calendar_days", "affected individuals", "17 CFR 248.30 (2024 amendments)", "in_force", "S", 0, CHECKED},
    {"US-REGSP-SP", "US", "upstream", "awareness", 72, "hours", "covered institution", "17 CFR 248.30", "in_force", "M", 0, CHECKED},
    {"US-HIPAA-IND", "US", "individuals", "discovery", 60, "calendar_days", "affected individuals", "45 CFR 164.404(b)", "in_force", "S", 0, CHECKED},
    {"US-HIPAA-HHS500", "US", "regulator", "discovery", 60, "calendar_days", "HHS Secretary (OCR portal)", "45 CFR 164.408(b)", "in_force", "V", 0, CHECKED},
    {"US-HIPAA-HHSlt", "US", "regulator", "end_of_calendar_year", 60, "calendar_days", "HHS Secretary", "45 CFR 164.408(c)", "in_force", "V", 0, CHECKED},
    {"US-HIPAA-MEDIA", "US", "media", "discovery", 60, "calendar_days", "prominent media outlets", "45 CFR 164.406", "in_force", "M", 0, CHECKED},
    {"US-HIPAA-BA", "US", "upstream", "discovery", 60, "calendar_days", "covered entity", "45 CFR 164.410(b)", "in_force", "S", 0, CHECKED},
    {"US-FTC-SAFE", "US", "regulator", "discovery", 30, "calendar_days", "FTC (web form)", "16 CFR 314.4(j)(1)", "in_force", "V", 0, CHECKED},
    {"US-FTC-HBNR", "US", "individuals + FTC", "discovery", 60, "calendar_days", "individuals; FTC contemporaneously if >=500", "16 CFR 318.4-318.5", "in_force", "M", 0, CHECKED},
    {"US-BANK-36", "US", "regulator", "determination_incident", 36, "hours", "primary federal regulator (OCC/FRB/FDIC)", "12 CFR 53 / 225.300-303 / 304.21-24", "in_force", "S", 0, CHECKED},
    {"US-BANK-BSP", "US", "upstream", "determination_incident", -1, "none", "designated contact at each affected bank", "same rule", "in_force", "S", 0, CHECKED},
    {"US-NCUA", "US", "regulator", "reasonable_belief", 72, "hours", "NCUA", "12 CFR 748.1(c)", "in_force", "M", 0, CHECKED},
    {"US-NYDFS-72", "US-NY", "regulator", "determination_incident", 72, "hours", "Superintendent (DFS portal)", "23 NYCRR 500.17(a)(1)", "in_force", "V", 0, CHECKED},
    {"US-NYDFS-24", "US-NY", "payment", "payment_made", 24, "hours", "Superintendent", "500.17(c)(1)", "in_force", "V", 0, CHECKED},
    {"US-NYDFS-30", "US-NY", "payment_report", "payment_made", 30, "calendar_days", "Superintendent", "500.17(c)(2)", "in_force", "V", 0, CHECKED},
    {"US-CIRCIA-72", "US", "initial", "reasonable_belief", 72, "hours", "CISA", "6 USC 681b; NPRM 89 FR 23644", "proposed", "S", 0, CHECKED},
    {"US-CIRCIA-24", "US", "payment", "payment_made", 24, "hours", "CISA", "same", "proposed", "S", 0, CHECKED},
    {"US-FEDRAMP-1", "US federal cloud", "initial", "identification_by_csirt", 1, "hours", "affected customers, agency POCs, FedRAMP, CISA (attack-vector conditions)", "FedRAMP IR-6; Incident Communication playbook", "in_force", "V", 0, CHECKED},
    {"US-FEDRAMP-D", "US federal cloud", "update", "previous_submission", 24, "hours", "all POCs", "same", "in_force", "V", 0, CHECKED},
    {"US-FISMA-1", "US federal", "initial", "identification_by_csirt", 1, "hours", "CISA (US-CERT)", "44 USC 3553-3554; CISA guidelines", "in_force", "M", 0, CHECKED},
    {"US-DFARS", "US", "initial", "discovery", 72, "hours", "DoD (DIBNet)", "48 CFR 252.204-7012(c)", "in_force", "S", 0, CHECKED},
    {"US-CJIS", "US", "internal", "discovery", 1, "hours", "organisational IR capability", "CJIS IR-6(a)", "in_force", "V", 0, CHECKED},
    {"US-NERC", "US/CA", "initial", "determination_incident", 1, "hours", "E-ISAC and CISA", "CIP-008-6 R4", "in_force", "M", 0, CHECKED},
    {"US-TSA", "US", "initial", "identification_by_csirt", 24, "hours", "CISA", "SD Pipeline-2021-01 series; SD 1580/1582", "in_force", "M", 0, CHECKED},
    {"US-FCC", "US", "regulator", "determination_incident", 7, "business_days", "FCC, USSS, FBI", "47 CFR 64.2011", "in_force", "M", 0, CHECKED},
    {"US-CA", "US-CA", "individuals", "discovery", 30, "calendar_days", "affected residents", "Cal. Civ. Code 1798.82", "in_force", "S", 0, CHECKED},
    {"US-NY-GBL", "US-NY", "individuals", "discovery", 30, "calendar_days", "affected residents (+ AG, DoS, State Police, DFS)", "GBL 899-aa", "in_force", "S", 0, CHECKED},
    {"US-TX", "US-TX", "regulator", "determination_incident", 30, "calendar_days", "Texas AG", "521.053(i)", "in_force", "M", 0, CHECKED},
    {"CA-PIPEDA", "Canada", "regulator + individuals", "determination_rrosh", -1, "none", "OPC and individuals", "PIPEDA s.10.1", "in_force", "M", 0, CHECKED},
    {"CA-QC", "Canada-QC", "regulator + individuals", "awareness", -1, "none", "CAI", "P-39.1 s.3.5", "in_force", "M", 0, CHECKED},
    {"CA-OSFI", "Canada", "regulator", "determination_incident", 24, "hours", "OSFI", "Advisory (2021)", "in_force", "M", 0, CHECKED},
    {"BR-LGPD", "Brazil", "regulator + individuals", "knowledge_personal_data_affected", 3, "business_days", "ANPD and data subjects", "LGPD Art 48; Res. CD/ANPD 15/2024", "in_force", "S", 0, CHECKED},
    {"AU-NDB-A", "Australia", "assessment", "suspicion", 30, "calendar_days", "(internal assessment)", "Privacy Act 1988 s.26WH", "in_force", "M", 0, CHECKED},
    {"AU-NDB-N", "Australia", "regulator + individuals", "reasonable_belief", -1, "none", "OAIC and individuals", "Privacy Act 1988 ss.26WK-26WL", "in_force", "M", 0, CHECKED},
    {"AU-CPS234", "Australia", "regulator", "awareness", 72, "hours", "APRA", "CPS 234 para 35", "in_force", "V", 0, CHECKED},
    {"AU-CPS234W", "Australia", "regulator", "awareness", 10, "business_days", "APRA", "CPS 234 para 36", "in_force", "V", 0, CHECKED},
    {"AU-CPS230", "Australia", "regulator", "event_suffered", 24, "hours", "APRA", "CPS 230 para 42", "in_force", "V", 0, CHECKED},
    {"AU-SOCI", "Australia", "regulator", "awareness", 12, "hours", "ASD/ACSC", "SOCI Act 2018 s.30BC", "in_force", "M", 0, CHECKED},
    {"AU-RANSOM", "Australia", "payment", "payment_made", 72, "hours", "ASD/ACSC (Home Affairs)", "Cyber Security Act 2024 Part 3", "in_force", "S", 0, CHECKED},
    {"SG-PDPA", "Singapore", "regulator", "assessment_notifiable", 3, "calendar_days", "PDPC", "PDPA s.26D(1)", "in_force", "V", 0, CHECKED},
    {"SG-MAS", "Singapore", "regulator", "discovery", 1, "hours", "MAS", "MAS Notice 644 / 655 series", "in_force", "M", 0, CHECKED},
    {"JP-APPI-P", "Japan", "preliminary", "awareness", 5, "calendar_days", "PPC (or delegated ministry)", "APPI Art 26; Enforcement Rules Art 8(1)", "in_force", "S", 0, CHECKED},
    {"JP-APPI-F", "Japan", "final", "awareness", 30, "calendar_days", "PPC", "Enforcement Rules Art 8(2)", "in_force", "S", 0, CHECKED},
    {"IN-CERTIN", "India", "initial", "noticing", 6, "hours", "CERT-In", "IT Act s.70B(6); Directions 28 Apr 2022 dir. (ii)", "in_force", "S", 0, CHECKED},
    {"IN-DPDP", "India", "initial + detailed", "awareness", 72, "hours", "Data Protection Board (and each data principal without delay)", "DPDP Act s.8(6); Rules 2025 r.7", "phased", "S", 0, CHECKED},
    {"CN-CAC-CII", "China", "initial", "discovery", 1, "hours", "protection department and public security", "CAC Measures Art 4, effective 2025-11-01", "in_force", "S", 0, CHECKED},
    {"CN-CAC-NO", "China", "initial", "discovery", 4, "hours", "provincial CAC", "Art 4", "in_force", "S", 0, CHECKED},
    {"CN-PIPL", "China", "initial", "awareness", -1, "none", "authority and individuals", "PIPL Art 57", "in_force", "M", 0, CHECKED},
    {"HK-PCICSO-S", "Hong Kong", "initial", "awareness", 12, "hours", "Commissioner (CI)", "Cap. 653", "in_force", "S", 0, CHECKED},
    {"HK-PCICSO-O", "Hong Kong", "initial", "awareness", 48, "hours", "Commissioner (CI)", "Cap. 653", "in_force", "S", 0, CHECKED},
    {"KR-PIPA", "South Korea", "regulator + individuals", "awareness", 72, "hours", "PIPC / KISA", "PIPA Art 34", "in_force", "M", 0, CHECKED},
    {"TW-CSMA", "Taiwan", "initial", "awareness", 1, "hours", "sector competent authority", "Reporting Regs Art 11 (am. 2026-01-05)", "in_force", "V", 0, CHECKED},
    {"NZ-PA", "New Zealand", "regulator + individuals", "awareness", -1, "none", "OPC and individuals", "s.114-115", "in_force", "M", 0, CHECKED},
    {"PH-DPA", "Philippines", "regulator + individuals", "awareness", 72, "hours", "NPC", "Circular 16-03 s.17", "in_force", "M", 0, CHECKED},
    {"SA-PDPL", "Saudi Arabia", "regulator", "awareness", 72, "hours", "SDAIA", "PDPL Art 20; Impl. Regs Art 24", "in_force", "M", 0, CHECKED},
    {"SA-SAMA", "Saudi Arabia", "regulator", "identification_by_csirt", -1, "none", "SAMA IT Risk Supervision", "CSF 3.3.15(5)-(7)", "in_force", "V", 0, CHECKED},
    {"TR-KVKK", "Turkiye", "regulator", "awareness", 72, "hours", "KVKK Board", "Law 6698 Art 12(5); Decision 2019/10", "in_force", "M", 0, CHECKED},
    {"ZA-POPIA", "South Africa", "regulator + individuals", "reasonable_belief", -1, "none", "Information Regulator", "POPIA s.22", "in_force", "M", 0, CHECKED},
    {"PCI-VISA-1", "card network", "initial", "awareness", -1, "none", "acquirer and Visa", "Visa What To Do If Compromised", "contract", "S", 0, CHECKED},
    {"PCI-VISA-3", "card network", "incident_report", "awareness", 3, "business_days", "Visa", "WTDIC App. A", "contract", "S", 0, CHECKED},
    {"PCI-MC", "card network", "initial", "awareness", 24, "hours", "Mastercard via acquirer", "Security Rules & Procedures ch.10", "contract", "M", 0, CHECKED},
    {"CTR-INSURER", "contract", "notice", "awareness", -1, "contract", "insurer hotline / broker", "policy notice clause", "contract", "M", 0, CHECKED},
    {"CTR-CUSTOMER", "contract", "notice", "awareness", -1, "contract", "customer security contact", "contract clause", "contract", "M", 0, CHECKED},
    {.value = -1},
};

const mu_clock_rule *mu_clock_rule_of(const char *id)
{
    for (const mu_clock_rule *c = mu_clock_rules; c->id; c++)
        if (strcmp(c->id, id) == 0)
            return c;
    return NULL;
}
