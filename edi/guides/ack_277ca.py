"""277CA, claim acknowledgment. Source: X12 005010X214, facts only."""

GUIDE = """\
ST R1 R=277 R R
BHT R1 R=0085 R=08 R R R R=TH
loop 2000A R1
  HL R1 R N R=20 R=1
  loop 2100A R1
    NM1 R1 R=AY,PR R=2 R N4 R=46,FI,PI,XV R
  loop 2200A R1
    TRN R1 R=1 R
    DTP R1 R=050 R=D8 R
    DTP R1 R=009 R=D8 R
  loop 2000B R1
    HL R1 R R R=21 R=0,1
    loop 2100B R1
      NM1 R1 R=41 R=1,2 R S S N2 R=46 R
    loop 2200B R1
      TRN R1 R=2 R
      STC R* R(R R S) R R=U,WQ R N5 S(R R S)x2
      QTY S1 R=90 R
      QTY S1 R=AA R
      AMT S1 R=YU R
      AMT S1 R=YY R
    loop 2000C S*
      HL R1 R R R=19 R=0,1
      loop 2100C R1
        NM1 R1 R=85 R=1,2 R S S N S R=FI,SV,XX R
      loop 2200C S1
        TRN R1 R=1 R
        STC S* R(R R S) N R=U,WQ S N5 S(R R S)x2
        REF S3 R=0B,1G,G2,LU,SY,TJ R
        QTY S1 R=QA R
        QTY S1 R=QC R
        AMT S1 R=YU R
        AMT S1 R=YY R
      loop 2000D S*
        HL R1 R R R=PT S=0
        loop 2100D R1
          NM1 R1 R=QC R=1 R S S N S S=II,MI S
        loop 2200D R*
          TRN R1 R=2 R
          STC R* R(R R S S=RX) R R=U,WQ R N5 S(R R S S=RX) S(R R S S=RX) S
          REF S1 R=1K R
          REF S1 R=D9 R
          REF S1 R=BLT R
          DTP S1 R=472 R=D8,RD8 R
          loop 2220D S*
            SVC R1 R(R=AD,ER,HC,HP,IV,N4,NU,WK R S S S S N S) R N S N2 S
            STC R* R(R R S S=RX) S R=U~WQ S N5 S(R R S S=RX) S(R R S S=RX) S
            REF S1 R=FJ R
            REF S1 R=XZ R
            DTP S1 R=472 R=D8,RD8 R
SE R1 R R
"""
