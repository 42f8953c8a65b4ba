"""What several guides have in common: blocks of lines (`use name`) and lists of codes (`=$name`)."""

LISTS = {
    "accidents": "AA,EM,OA",
    "attached_by": "AA,BM,EL,EM,FT,FX",
    "benefits": "1,2,3,4,5,6,7,8,A,B,C,CB,D,E,F,G,H,I,J,K,L,M,MC,N,O,P,Q,R,S,T,U,V,W,X,Y",
    "delay": "1,2,3,4,5,6,7,8,9,10,11,15",
    "filing": "11,12,13,14,15,16,17,AM,BL,CH,CI,DS,FI,HM,LM,MA,MB,MC,OF,TV,VA,WC,ZZ",
    "follow_up": "C,N,P,R,S,W,X,Y",
    "member_references": "18,1L,1W,3H,49,6P,CE,CT,EA,EJ,F6,GH,HJ,IF,IG,ML,N6,NQ,Q4,SY,Y4",
    "payers": "A,B,C,D,E,F,G,H,P,S,T,U",
    "plb": "50,51,72,90,AH,AM,AP,B2,B3,BD,BN,C5,CR,CS,CT,CV,CW,DM,E3,FB,FC,GO,HM,IP,IR,IS,J1,L3,L6,LE,LS,OA,OB,PI,PL,"
    "RA,RE,SL,TL,WO,WU",
    "pointers": "1,2,3,4,5,6,7,8,9,10,11,12",
    "pricing": "00,01,02,03,04,05,06,07,08,09,10,11,12,13,14",
    "provider_references": "0B,1C,1D,1J,4A,CT,EL,EO,HPI,JD,N5,N7,Q4,SY,TJ,G5,1G,EI",
    "provider_roles": "AD,AT,BI,CO,CV,H,HH,LA,OT,P1,P2,PC,PE,R,RF,SB,SK,SU",
    "quantities": "8H,99,CA,CE,D3,DB,DY,HS,LA,LE,M2,MN,P6,QA,S7,S8,VS,YY",
    "related": "01,18,19,20,21,39,40,53,G8",
    "remit_filing": "12,13,14,15,16,17,AM,CH,DS,HM,LM,MA,MB,MC,OF,TV,VA,WC,ZZ",
    "reports": (
        "03,04,05,06,07,08,09,10,11,13,15,21,A3,A4,AM,AS,B2,B3,B4,BR,BS,BT,CB,CK,CT,D2,DA,DB,DG,DJ,DS,EB,HC,HR,"
        "I5,IR,LA,M1,MT,NN,OB,OC,OD,OE,OX,OZ,P4,P5,PE,PN,PO,PQ,PY,PZ,RB,RR,RT,RX,SG,V5,XP"
    ),
    "review_reports": (
        "03,04,05,06,07,08,09,10,11,13,15,21,48,55,59,77,A3,A4,AM,AS,AT,B2,B3,B4,BR,BS,BT,CB,CK,CT,D2,DA,DB,DG,DJ,DS,"
        "FM,HC,HR,I5,IR,LA,M1,MT,NN,OB,OC,OD,OE,OX,OZ,P4,P5,P6,P7,PE,PN,PO,PQ,PY,PZ,QC,QR,RB,RR,RT,RX,SG,V5,XP"
    ),
    "set_errors": "1,2,3,4,5,6,7,8,9,10,11,12,13,15,16,17,18,19,23,24,25,26,27,I5,I6",
    "group_errors": "1,2,3,4,5,6,10,11,12,13,14,15,16,17,18,19,23,24,25,26",
}

BLOCKS = {
    "address": """
N3 R1 R S
N4 R1 R S S S N2 S
""",
    "address-if-known": """
N3 S1 R S
N4 S1 R S S S N2 S
""",
    "submitter": """
loop 1000A R1
  NM1 R1 R=41 R=1,2 R S S N2 R=46 R
  PER R2 R=IC S R=EM,FX,TE~ED R S=EM,EX,FX,TE~ED S S=EM,EX,FX,TE~ED S
loop 1000B R1
  NM1 R1 R=40 R=2 R N4 R=46 R
""",
    "billing-address": """
loop 2010AB S1
  NM1 R1 R=87 R=1,2
  use address
""",
    "pay-to-plan": """
loop 2010AC S1
  NM1 R1 R=PE R=2 R N4 R=PI,XV R
  use address
  REF S1 R=2U,FY,NF R
  REF R1 R=EI R
""",
    "payer": """
loop 2010BB R1
  NM1 R1 R=PR R=2 R N4 R=PI,XV R
  use address-if-known
  REF S3 R=2U,EI,FY,NF R
  REF S2 R=G2,LU R
""",
    "other-insured": """
loop 2330A R1
  NM1 R1 R=IL R=1,2 R S S N S R=II,MI R
  use address-if-known
  REF S2 R=SY R
""",
    "other-payer": """
loop 2330B R1
  NM1 R1 R=PR R=2 R N4 R=PI,XV R
  use address-if-known
  DTP S1 R=573 R=D8 R
  REF S2 R=2U,EI,FY,NF R
  REF S1 R=G1 R
  REF S1 R=9F R
  REF S1 R=T4 R
  REF S1 R=F8 R
""",
    "other-money": """
CAS S5 R=CO,CR,OA,PI,PR R R S S S S S S S S S S S S S S S S
AMT S1 R=D R
AMT S1 R=A8 R
AMT S1 R=EAF R
""",
    "line-decision": """
CAS S5 R=CO,CR,OA,PI,PR R R S S S S S S S S S S S S S S S S
DTP R1 R=573 R=D8 R
AMT S1 R=EAF R
""",
}
