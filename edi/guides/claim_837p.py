"""837P, professional claims. Source: X12 005010X222A1, facts only."""

CLAIM = """\
CLM R1 R R N2 R(R R=B R) R=N,Y R=A,B,C R=N,W,Y R=I,Y S=P S(R=$accidents S=^ N S S) S=02,03,05,09 N7 S=$delay
DTP S1 R=431 R=D8 R
DTP S1 R=454 R=D8 R
DTP S1 R=304 R=D8 R
DTP S1 R=453 R=D8 R
DTP S1 R=439 R=D8 R
DTP S1 R=484 R=D8 R
DTP S1 R=455 R=D8 R
DTP S1 R=471 R=D8 R
DTP S1 R=314,360,361 R=D8,RD8 R
DTP S1 R=297 R=D8 R
DTP S1 R=296 R=D8 R
DTP S1 R=435 R=D8 R
DTP S1 R=096 R=D8 R
DTP S2 R=090,091 R=D8 R
DTP S1 R=444 R=D8 R
DTP S1 R=050 R=D8 R
PWK S10 R=$reports R=$attached_by N2 S=AC S
CN1 S1 R=01,02,03,04,05,06,09 S S S S S
AMT S1 R=F5 R
REF S1 R=4N R
REF S1 R=F5 R
REF S1 R=EW R
REF S1 R=9F R
REF S1 R=G1 R
REF S1 R=F8 R
REF S1 R=X4 R
REF S1 R=9A R
REF S1 R=9C R
REF S1 R=LX R
REF S1 R=D9 R
REF S1 R=EA R
REF S1 R=P4 R
REF S1 R=1J R
K3 S10 R
NTE S1 R=ADD,CER,DCP,DGN,TPO R
CR1 S1 S=LB S N R=A,B,C,D,E R=DH R N2 S S
CR2 S1 N7 R=A,C,D,E,F,G,M N S S
CRC S3 R=07 R=N,Y R=01,04,05,06,07,08,09,12 S=^ S=^ S=^ S=^
CRC S3 R=E1,E2,E3 R=N,Y R=L1,L2,L3,L4,L5 S=^ S=^ S=^ S=^
CRC S1 R=75 R=Y R=IH
CRC S1 R=ZZ R=N,Y R=AV,NU,S2,ST S=^ S=^
HI R1 R(R=ABK,BK R) S(R=ABF,BF R)x11
HI S1 R(R=BP R) S(R=BO R)
HI S2 R(R=BG R) S(R=BG R)x11
HCP S1 R=00,01,02,03,04,05,07,08,09,10,11,12,13,14 R S S S S S N5 S=T1,T2,T3,T4,T5,T6 S=1,2,3,4,5 S=1,2,3,4,5,6
loop 2310A S2
  NM1 R1 R=DN,P3 R=1 R S S N S S=XX S
  REF S3 R=0B,1G,G2 R
loop 2310B S1
  NM1 R1 R=82 R=1,2 R S S N S S=XX S
  PRV S1 R=PE R=PXC R
  REF S4 R=0B,1G,G2,LU R
loop 2310C S1
  NM1 R1 R=77 R=2 R N4 S=XX S
  use address
  REF S3 R=0B,G2,LU R
  PER S1 R=IC S R=TE R S=EX S
loop 2310D S1
  NM1 R1 R=DQ R=1 R S S N S S=XX S
  REF S4 R=0B,1G,G2,LU R
loop 2310E S1
  NM1 R1 R=PW R=2
  use address
loop 2310F S1
  NM1 R1 R=45 R=2 S
  use address
loop 2320 S10
  SBR R1 R=$payers R=$related S S S=12,13,14,15,16,41,42,43,47 N3 S=$filing
  use other-money
  OI R1 N2 R=N,W,Y S=P N R=I,Y
  MOA S1 S S S S S S S S S
  use other-insured
  use other-payer
  loop 2330C S2
    NM1 R1 R=DN,P3 R=1
    REF R3 R=0B,1G,G2 R
  loop 2330D S1
    NM1 R1 R=82 R=1,2
    REF R3 R=0B,1G,G2,LU R
  loop 2330E S1
    NM1 R1 R=77 R=2
    REF R3 R=0B,G2,LU R
  loop 2330F S1
    NM1 R1 R=DQ R=1
    REF R3 R=0B,1G,G2,LU R
  loop 2330G S1
    NM1 R1 R=85 R=1,2
    REF R2 R=G2,LU R
loop 2400 R50
  LX R1 R
  SV1 R1 R(R=ER,HC,IV,WK R S S S S S) R R=MJ,UN R S N R(R=$pointers S=^ S=^ S=^) N S=Y N S=Y S=Y N2 S=0
  SV5 S1 R(R=HC R) R=DA R R R R=1,4,6
  PWK S10 R=$reports R=$attached_by N2 S=AC S
  PWK S1 R=CT R=AB,AD,AF,AG,NS
  CR1 S1 S=LB S N R=A,B,C,D,E R=DH R N2 S S
  CR3 S1 R=I,R,S R=MO R
  CRC S3 R=07 R=N,Y R=01,04,05,06,07,08,09,12 S=^ S=^ S=^ S=^
  CRC S1 R=70 R=N,Y R=65
  CRC S1 R=09 R=N,Y R=38,ZV S=^
  DTP R1 R=472 R=D8,RD8 R
  DTP S1 R=471 R=D8 R
  DTP S1 R=607 R=D8 R
  DTP S1 R=463 R=D8 R
  DTP S1 R=461 R=D8 R
  DTP S1 R=304 R=D8 R
  DTP S2 R=738,739 R=D8 R
  DTP S1 R=011 R=D8 R
  DTP S1 R=455 R=D8 R
  DTP S1 R=454 R=D8 R
  QTY S1 R=PT R
  QTY S1 R=FL R
  MEA S5 R=OG,TR R=HT,R1,R2,R3,R4 R
  CN1 S1 R=01,02,03,04,05,06,09 S S S S S
  REF S1 R=9B R
  REF S1 R=9D R
  REF S5 R=G1 R N S(R=2U R)
  REF S1 R=6R R
  REF S1 R=EW R
  REF S1 R=X4 R
  REF S1 R=F4 R
  REF S1 R=BT R
  REF S5 R=9F R N S(R=2U R)
  AMT S1 R=T R
  AMT S1 R=F4 R
  K3 S10 R
  NTE S1 R=ADD,DCP R
  NTE S1 R=TPO R
  PS1 S1 R R
  HCP S1 R=$pricing R S S S S S N S=ER,HC,IV,WK S S=MJ,UN S S=T1,T2,T3,T4,T5,T6 S=1,2,3,4,5 S=1,2,3,4,5,6
  loop 2410 S1
    LIN R1 N R=EN,EO,HI,N4,ON,UK,UP R
    CTP R1 N3 R R(R=F2,GR,ME,ML,UN)
    REF S1 R=VY,XZ R
  loop 2420A S1
    NM1 R1 R=82 R=1,2 R S S N S S=XX S
    PRV S1 R=PE R=PXC R
    REF S20 R=0B,1G,G2,LU R N S(R=2U R)
  loop 2420B S1
    NM1 R1 R=QB R=1,2 N5 S=XX S
    REF S20 R=0B,1G,G2 R N S(R=2U R)
  loop 2420C S1
    NM1 R1 R=77 R=2 R N4 S=XX S
    use address
    REF S3 R=G2,LU R N S(R=2U R)
  loop 2420D S1
    NM1 R1 R=DQ R=1 R S S N S S=XX S
    REF S20 R=0B,1G,G2,LU R N S(R=2U R)
  loop 2420E S1
    NM1 R1 R=DK R=1 R S S N S S=XX S
    use address-if-known
    REF S20 R=0B,1G,G2 R N S(R=2U R)
    PER S1 R=IC S R=EM,FX,TE R S=EM,EX,FX,TE S S=EM,EX,FX,TE S
  loop 2420F S2
    NM1 R1 R=DN,P3 R=1 R S S N S S=XX S
    REF S20 R=0B,1G,G2 R N S(R=2U R)
  loop 2420G S1
    NM1 R1 R=PW R=2
    use address
  loop 2420H S1
    NM1 R1 R=45 R=2 S
    use address
  loop 2430 S15
    SVD R1 R R R(R=ER,HC,IV,WK R S S S S S) N R S
    use line-decision
  loop 2440 S*
    LQ R1 R=AS,UT R
    FRM R99 R S=N,W,Y S S S
"""

GUIDE = """\
ST R1 R=837 R S
BHT R1 R=0019 R=00,18 R R R R=CH,RP
use submitter
loop 2000A R*
  HL R1 R N R=20 R=1
  PRV S1 R=BI R=PXC R
  CUR S1 R=85 R
  loop 2010AA R1
    NM1 R1 R=85 R=1,2 R S S N S S=XX S
    use address
    REF R1 R=EI,SY R
    REF S2 R=0B,1G R
    PER S2 R=IC S R=EM,FX,TE R S=EM,EX,FX,TE S S=EM,EX,FX,TE S
  use billing-address
  use pay-to-plan
  loop 2000B R*
    HL R1 R R R=22 R=0,1
    SBR R1 R=$payers S=18 S S S=12,13,14,15,16,41,42,43,47 N3 S=$filing
    PAT S1 N4 S=D8 S S=01 S S=Y
    loop 2010BA R1
      NM1 R1 R=IL R=1,2 R S S N S S=II,MI S
      use address-if-known
      DMG S1 R=D8 R R=F,M,U
      REF S1 R=SY R
      REF S1 R=Y4 R
      PER S1 R=IC S R=TE R S=EX S
    use payer
    loop 2300 S100
      use claim
    loop 2000C S*
      HL R1 R R R=23 R=0
      PAT R1 R=01,19,20,21,39,40,53,G8 N3 S=D8 S S=01 S S=Y
      loop 2010CA R1
        NM1 R1 R=QC R=1 R S S N S
        use address
        DMG R1 R=D8 R R=F,M,U
        REF S1 R=Y4 R
        REF S1 R=1W,SY R
        PER S1 R=IC S R=TE R S=EX S
      loop 2300 R100
        use claim
SE R1 R R
"""
