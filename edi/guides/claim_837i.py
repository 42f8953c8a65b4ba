"""837I, institutional claims. Source: X12 005010X223A2, facts only."""

CLAIM = """\
CLM R1 R R N2 R(R R=A R) N R=A,B,C R=N,W,Y R=I,Y N10 S=$delay
DTP S1 R=096 R=TM R
DTP R1 R=434 R=RD8~D8 R
DTP S1 R=435 R=D8,DT R
DTP S1 R=050 R=D8 R
CL1 R1 S S R
PWK S10 R=$reports R=$attached_by N2 S=AC S
CN1 S1 R=01,02,03,04,05,06,09 S S S S S
AMT S1 R=F3 R
REF S1 R=4N R
REF S1 R=9F R
REF S1 R=G1 R
REF S1 R=F8 R
REF S1 R=9A R
REF S1 R=9C R
REF S5 R=LX R
REF S1 R=D9 R
REF S1 R=LU R
REF S1 R=EA R
REF S1 R=P4 R
REF S1 R=G4 R
K3 S10 R
NTE S10 R=ALG,DCP,DGN,DME,MED,NTR,ODT,RHB,RLH,RNH,SET,SFM,SPT,UPI R
NTE S1 R=ADD R
CRC S1 R=ZZ R=N,Y R=AV,NU,S2,ST S S
HI R1 R(R=ABK,BK R N6 S=N,U,W,Y)
HI S1 R(R=ABJ,BJ R)
HI S1 R(R=APR,PR R) S(R=APR,PR R)x2
HI S1 R(R=ABN,BN R N6 S=N,U,W,Y) S(R=ABN,BN R N6 S=N,U,W,Y)x11
HI S1 R(R=DR R)
HI S2 R(R=ABF,BF R N6 S=N,U,W,Y) S(R=ABF,BF R N6 S=N,U,W,Y)x11
HI S1 R(R=BBR,BR,CAH R R=D8 R)
HI S2 R(R=BBQ,BQ R R=D8 R) S(R=BBQ,BQ R R=D8 R)x11
HI S2 R(R=BI R R=RD8 R) S(R=BI R R=RD8 R)x11
HI S2 R(R=BH R R=D8 R) S(R=BH R R=D8 R)x11
HI S2 R(R=BE R N2 R) S(R=BE R N2 R)x11
HI S2 R(R=BG R) S(R=BG R)x11
HI S2 R(R=TC R) S(R=TC R)x11
HCP S1 R=$pricing R S S S S S S N2 S=DA,UN S S=T1,T2,T3,T4,T5,T6 S=1,2,3,4,5 S=1,2,3,4,5,6
loop 2310A S1
  NM1 R1 R=71 R=1 R S S N S S=XX S
  PRV S1 R=AT R=PXC R
  REF S4 R=0B,1G,G2,LU R
loop 2310B S1
  NM1 R1 R=72 R=1 R S S N S S=XX S
  REF S4 R=0B,1G,G2,LU R
loop 2310C S1
  NM1 R1 R=ZZ R=1 R S S N S S=XX S
  REF S4 R=0B,1G,G2,LU R
loop 2310D S1
  NM1 R1 R=82 R=1 R S S N S S=XX S
  REF S4 R=0B,1G,G2,LU R
loop 2310E S1
  NM1 R1 R=77 R=2 R N4 S=XX S
  use address
  REF S3 R=0B,G2,LU R
loop 2310F S1
  NM1 R1 R=DN R=1 R S S N S S=XX S
  REF S3 R=0B,1G,G2 R
loop 2320 S10
  SBR R1 R=$payers R=$related S S N4 S=$filing
  use other-money
  OI R1 N2 R=N,W,Y N2 R=I,Y
  MIA S1 R N S S S S S S S S S S S S S S S S S S S S S S
  MOA S1 S S S S S S S S S
  use other-insured
  use other-payer
  loop 2330C S1
    NM1 R1 R=71 R=1
    REF R4 R=0B,1G,G2,LU R
  loop 2330D S1
    NM1 R1 R=72 R=1
    REF R4 R=0B,1G,G2,LU R
  loop 2330E S1
    NM1 R1 R=ZZ R=1
    REF R4 R=0B,1G,G2,LU R
  loop 2330F S1
    NM1 R1 R=77 R=2
    REF R3 R=0B,G2,LU R
  loop 2330G S1
    NM1 R1 R=82 R=1
    REF R4 R=0B,1G,G2,LU R
  loop 2330H S1
    NM1 R1 R=DN R=1
    REF R3 R=0B,1G,G2 R
  loop 2330I S1
    NM1 R1 R=85 R=2
    REF R2 R=G2,LU R
loop 2400 R999
  LX R1 R
  SV2 R1 R S(R=ER,HC,HP,IV,WK R S S S S S) R R=DA,UN R N S
  PWK S10 R=$reports R=$attached_by N2 S=AC S
  DTP S1 R=472 R=D8,RD8 R
  REF S1 R=6R R
  REF S1 R=9B R
  REF S1 R=9D R
  AMT S1 R=GT R
  AMT S1 R=N8 R
  NTE S1 R=TPO R
  HCP S1 R=$pricing R S S S S S S S=ER,HC,HP,IV,WK S S=DA,UN S S=T1,T2,T3,T4,T5,T6 S=1,2,3,4,5 S=1,2,3,4,5,6
  loop 2410 S1
    LIN R1 N R=N4 R
    CTP R1 N3 R R(R=F2,GR,ME,ML,UN)
    REF S1 R=VY,XZ R
  loop 2420A S1
    NM1 R1 R=72 R=1 R S S N S S=XX S
    REF S20 R=0B,1G,G2,LU R N S(R=2U R)
  loop 2420B S1
    NM1 R1 R=ZZ R=1 R S S N S S=XX S
    REF S20 R=0B,1G,G2,LU R N S(R=2U R)
  loop 2420C S1
    NM1 R1 R=82 R=1 R S S N S S=XX S
    REF S20 R=0B,1G,G2,LU R N S(R=2U R)
  loop 2420D S1
    NM1 R1 R=DN R=1 R S S N S S=XX S
    REF S20 R=0B,1G,G2 R N S(R=2U R)
  loop 2430 S15
    SVD R1 R R S(R=ER,HC,HP,IV,WK R S S S S S) R R S
    use line-decision
"""

GUIDE = """\
ST R1 R=837 R S
BHT R1 R=0019 R=00,18 R R R R=31,CH,RP
use submitter
loop 2000A R*
  HL R1 R N R=20 R=1
  PRV S1 R=BI R=PXC R
  CUR S1 R=85 R
  loop 2010AA R1
    NM1 R1 R=85 R=2 R N4 S=XX S
    use address
    REF R1 R=EI R
    PER S2 R=IC S R=EM,FX,TE R S=EM,EX,FX,TE S S=EM,EX,FX,TE S
  loop 2010AB S1
    NM1 R1 R=87 R=2
    use address
  use pay-to-plan
  loop 2000B R*
    HL R1 R R R=22 R=0,1
    SBR R1 R=$payers S=18 S S N4 S=$filing
    loop 2010BA R1
      NM1 R1 R=IL R=1,2 R S S N S S=II,MI S
      use address-if-known
      DMG S1 R=D8 R R=F,M,U
      REF S1 R=SY R
      REF S1 R=Y4 R
    loop 2010BB R1
      NM1 R1 R=PR R=2 R N4 R=PI,XV R
      use address-if-known
      REF S3 R=2U,EI,FY,NF R
      REF S1 R=G2,LU R
    loop 2300 S100
      use claim
    loop 2000C S*
      HL R1 R R R=23 R=0
      PAT R1 R=01,19,20,21,39,40,53,G8
      loop 2010CA R1
        NM1 R1 R=QC R=1 R S S N S
        use address
        DMG R1 R=D8 R R=F,M,U
        REF S1 R=Y4 R
        REF S1 R=1W,SY R
      loop 2300 R100
        use claim
SE R1 R R
"""
