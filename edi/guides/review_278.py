"""278, authorization requests and responses. Source: X12 005010X217, facts only.

Both directions share their loops; a request says BHT02 = 13 (or 01, 36), a response BHT02 = 11 and answers with HCR
and AAA.
"""

REQUEST_BLOCKS = {
    "answer": "",
    "refusal": "",
}

RESPONSE_BLOCKS = {
    "answer": """
HCR S1 R=A1,A2,A3,A4,A6,C,CT,NA S S S=N,Y
""",
    "refusal": """
AAA S9 R=N,Y N R R=C,N,P,R,S,W,X,Y
""",
}

BLOCKS = {
    "trace": """
TRN S3 R=1,2 R R S
use refusal
""",
    "event": """
UM R1 R=AR,HS,IN,SC r=1,2,3,4,I,N,R,S S S(R R=A,B S) S(R=AA,AP,EM,OA S=^ S=^ S S) S=03,E,U \
S=1,2,3,4,5,6,7,8,9,E,F,G,P S S=Y S
use answer
REF S1 R=BB R
REF S1 R=NT R
DTP S1 R=439 R=D8 R
DTP S1 R=484 R=D8 R
DTP S1 R=ABC R=D8 R
DTP S1 R=431 R=D8 R
DTP S1 R=AAH R=D8,RD8 R
DTP S1 R=435 R=D8,RD8 R
DTP S1 R=096 R=D8,RD8 R
DTP S1 R=102 R=D8 R
DTP S1 R=036 R=D8 R
DTP S1 R=007 R=D8,RD8 R
HI S1 R(R S S S) S(R S S S)x11
HSD S1 S=DY,FL,HS,MN,VS S S=DA,MO,WK S S S S S
CRC S9 R R=N,Y R S S S S
CL1 S1 S S S S
CR1 S1 S=KG,LB S R=I,R,T,X N S=DH,DK S S S S S
CR2 S1 S S S S S=DA,MO,WK,YR S S S S S S S
CR5 S1 S S S S S S S S S S S S S S S S S S
CR6 S1 R R S=RD8 S S S S R S S S S S S S S S S S S S
PWK S10 R=$review_reports R=AA,BM,EL,EM,FT,FX,VO N2 S=AC S S
MSG S1 R
""",
    "party": """
REF S9 R R S
use address-if-known
PER S1 R=IC S S=EM,FX,TE,UR S S=EM,EX,FX,TE,UR S S=EM,EX,FX,TE,UR S
use refusal
PRV S1 R=AD,AS,AT,CO,CV,OP,OR,OT,PC,PE,RF R=PXC R
""",
    "service": """
HL R1 R R R=SS R=0
use trace
UM S1 R=AR,HS,IN,SC S=1,2,3,4,I,N,R,S S S(R R=A,B S)
use answer
REF S1 R=BB R
REF S1 R=NT R
DTP S1 R=472 R=D8,RD8 R
DTP S1 R=102 R=D8 R
DTP S1 R=036 R=D8 R
DTP S1 R=007 R=D8,RD8 R
HI S1 R(R S S S S S) S(R S S S S S)x11
SV1 S1 R(R S S S S S S S) S S S N2 S(R S S S) N3 S N2 S
SV2 S1 S S(R R S S S S S S) S S S S N2 S S
SV3 S1 R(R R S S S S S S) S S S(R S S S S) S S S
TOO S32 R=JP S S(R S S S S)
HSD S1 S=DY,FL,HS,MN,VS S S=DA,MO,WK S S S S S
PWK S10 R=$review_reports R=AA,BM,EL,EM,FT,FX,VO N2 S=AC S S
MSG S1 R
loop 2010F S10
  NM1 R1 R R=1,2 S S S N S S=24,34,46,FI,XX S
  use party
""",
    "patient-event": """
HL R1 R R R=EV R=0,1
use trace
use event
loop 2010EA S14
  NM1 R1 R R=1,2 S S S S S S=24,34,46,FI,XX S
  use party
loop 2010EB S1
  NM1 R1 R=45,FS,ND,PW,R3 R=2 S
  use address-if-known
loop 2010EC S1
  NM1 R1 R=L5 R=2 S
  use address-if-known
loop 2000F S*
  use service
""",
}

GUIDE = """\
ST R1 R=278 R R
BHT R1 R=0007 R=01,11,13,36 R R R S=18,19,AT,RD,RU
loop 2000A R1
  HL R1 R N R=20 R=0,1
  use refusal
  loop 2010A R1
    NM1 R1 R=2B,36,FA,PR,X3 R=1,2 S S S S S R=24,34,46,PI,XV,XX R
    PER S1 R=IC S S=EM,FX,TE,UR S S=EM,EX,FX,TE,UR S S=EM,EX,FX,TE,UR S
    use refusal
  loop 2000B R1
    HL R1 R R R=21 R=0,1
    loop 2010B R1
      NM1 R1 R=1P,2B,36,FA,PR R=1,2 S S S N S R=24,34,46,PI,XV,XX R
      use party
    loop 2000C R1
      HL R1 R R R=22 R=0,1
      use trace
      loop 2010C R1
        NM1 R1 R=IL R=1 S S S S S R=II,MI R
        REF S9 R R
        use address-if-known
        use refusal
        DMG S1 R=D8 R S=F,M,U
        INS S1 R=Y R=18 N6 S
      loop 2000D S1
        HL R1 R R R=23 R=0,1
        use trace
        loop 2010D R1
          NM1 R1 R=QC R=1 S S S N S
          REF S9 R R
          use address-if-known
          use refusal
          DMG S1 R=D8 R S=F,M,U
          INS S1 R=N R N14 S
        loop 2000E S*
          use patient-event
      loop 2000E S*
        use patient-event
SE R1 R R
"""
