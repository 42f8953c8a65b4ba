"""837D, dental claims. Source: X12 005010X224A2, facts only."""

CLAIM = """\
CLM R1 R R N2 R(R R=B R) R=N,Y R=A,B,C R=N,W,Y R=I,Y S=P S(R=$accidents S=^ S=^ S S) S=01,02,03,05,09 N6 S=PB S=$delay
DTP S1 R=439 R=D8 R
DTP S1 R=452 R=D8 R
DTP S1 R=472 R=D8,RD8 R
DTP S1 R=050 R=D8 R
DN1 S1 S S S=Y S
DN2 S35 R R=E,M N3 R=JP
PWK S10 R=B4,DA,DG,EB,OZ,P6,RB,RR R=$attached_by N2 S=AC S
CN1 S1 R=01,02,03,04,05,06,09 S S S S S
AMT S1 R=F5 R
REF S1 R=G3 R
REF S1 R=4N R
REF S1 R=F8 R
REF S1 R=9F R
REF S1 R=G1 R
REF S1 R=9A R
REF S1 R=9C R
REF S1 R=D9 R
REF S1 R=EA R
K3 S10 R
NTE S5 R=ADD R
HI S1 R(R=ABK,BK,TQ R) S(R=ABF,BF,TQ R)x3
HCP S1 R=$pricing R S S S S S N S=AD,ER S S=UN S S=T1,T2,T3,T4,T5,T6 S=1,2,3,4,5 S=1,2,3,4,5,6
loop 2310A S2
  NM1 R1 R=DN,P3 R=1 R S S N S S=XX S
  PRV S1 R=RF R=PXC R
  REF S3 R=0B,1G,G2 R
loop 2310B S1
  NM1 R1 R=82 R=1,2 R S S N S S=XX S
  PRV S1 R=PE R=PXC R
  REF S4 R=0B,1G,G2,LU R
loop 2310C S1
  NM1 R1 R=77 R=2 R N4 S=XX S
  use address
  REF S3 R=0B,G2,LU R
loop 2310D S1
  NM1 R1 R=DD R=1,2 R S S N S S=XX S
  PRV S1 R=AS R=PXC R
  REF S4 R=0B,1G,G2,LU R
loop 2310E S1
  NM1 R1 R=DQ R=1 R S S N S S=XX S
  REF S4 R=0B,1G,G2,LU R
loop 2320 S10
  SBR R1 R=$payers R=$related S S S=12,13,14,15,16,41,42,43,47 N3 S=$filing
  use other-money
  OI R1 N2 R=N,W,Y N2 R=I,Y
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
    NM1 R1 R=DQ R=1
    REF R3 R=0B,1G,G2,LU R
  loop 2330F S1
    NM1 R1 R=85 R=1,2
    REF R2 R=G2,LU R
  loop 2330G S1
    NM1 R1 R=77 R=2
    REF R3 R=0B,G2,LU R
  loop 2330H S1
    NM1 R1 R=DD R=1,2
    REF R3 R=0B,1G,G2,LU R
loop 2400 R50
  LX R1 R
  SV3 R1 R(R=AD,ER R S S S S S) R S S(R=00,01,02,09,10,20,30,40,L,R S=^ S=^ S=^ S=^) S=I,R S N4 S(R=1,2,3,4 S=^ S=^ S=^)
  TOO S32 R=JP R S(R=B,D,F,I,L,M,O S=^ S=^ S=^ S=^)
  DTP S1 R=472 R=D8~RD8 R
  DTP S1 R=441 R=D8 R
  DTP S1 R=452 R=D8 R
  DTP S1 R=446 R=D8 R
  DTP S1 R=196 R=D8 R
  DTP S1 R=198 R=D8 R
  CN1 S1 R=01,02,03,04,05,06,09 S S S S S
  REF S2 R=G3 R N S(R=2U R)
  REF S5 R=G1 R N S(R=2U R)
  REF S1 R=6R R
  REF S1 R=9B R
  REF S1 R=9D R
  REF S5 R=9F R N S(R=2U R)
  AMT S1 R=T R
  K3 S10 R
  HCP S1 R=$pricing R S S S S S N S=AD,ER S S=UN S S=T1,T2,T3,T4,T5,T6 S=1,2,3,4,5 S=1,2,3,4,5,6
  loop 2420A S1
    NM1 R1 R=82 R=1,2 R S S N S S=XX S
    PRV S1 R=PE R=PXC R
    REF S20 R=0B,1G,G2,LU R N S(R=2U R)
  loop 2420B S1
    NM1 R1 R=DD R=1,2 R S S N S S=XX S
    PRV S1 R=AS R=PXC R
    REF S20 R=0B,1G,G2,LU R N S(R=2U R)
  loop 2420C S1
    NM1 R1 R=DQ R=1 R S S N S S=XX S
    REF S20 R=0B,1G,G2,LU R N S(R=2U R)
  loop 2420D S1
    NM1 R1 R=77 R=2 R N4 S=XX S
    use address
    REF S20 R=0B,G2,LU R N S(R=2U R)
  loop 2430 S15
    SVD R1 R R R(R=AD,ER R S S S S S) N R S
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
    NM1 R1 R=85 R=1,2 R S S N S S=XX S
    use address
    REF R1 R=EI,SY R
    REF S2 R=0B,1G R
    REF S4 R=G2,LU R
    PER S2 R=IC S R=EM,FX,TE R S=EM,EX,FX,TE S S=EM,EX,FX,TE S
  use billing-address
  use pay-to-plan
  loop 2000B R*
    HL R1 R R R=22 R=0,1
    SBR R1 R=$payers S=18 S S S=12,13,14,15,16,41,42,43,47 N3 S=$filing
    loop 2010BA R1
      NM1 R1 R=IL R=1,2 R S S N S S=II,MI S
      use address-if-known
      DMG S1 R=D8 R R=F,M,U
      REF S1 R=SY R
      REF S1 R=Y4 R
    use payer
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
